package dev.parallax.cli.config;

import dev.parallax.cli.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keys given by environment variables. A variable with our prefix that is no key is a mistake,
 * except those that others own.
 */
final class EnvironmentOverrides {

  private static final String PREFIX = "PARALLAX_";

  /** Read by the launcher and by the code that looks for the cache folder. */
  private static final Set<String> NOT_KEYS =
      Set.of("PARALLAX_JAVA_OPTS", "PARALLAX_BUILD_OPTS", "PARALLAX_CACHE");

  /**
   * Kubernetes puts {@code PARALLAX_EXPORTER_PORT=tcp://10.0.0.1:80} and its kin into every pod
   * beside a service named {@code parallax-exporter}.
   */
  private static final Pattern SERVICE_VARIABLE =
      Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?)");

  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private EnvironmentOverrides() {}

  static Map<ConfigKey<?>, Given> read(Map<String, String> environment) {
    Map<ConfigKey<?>, Given> layer = new HashMap<>();
    environment.forEach(
        (variable, value) -> {
          if (isOurs(variable, value)) {
            Origin origin = Origin.environment(variable);
            layer.put(key(variable, origin), new Given(List.of(value), origin));
          }
        });
    return layer;
  }

  private static boolean isOurs(String variable, String value) {
    return variable.startsWith(PREFIX)
        && !NOT_KEYS.contains(variable)
        && !SERVICE_VARIABLE.matcher(variable).matches()
        && !SERVICE_ADDRESS.matcher(value).matches();
  }

  private static ConfigKey<?> key(String variable, Origin origin) {
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      if (key.environmentVariable().equals(variable)) {
        return key;
      }
    }
    List<String> variables = ConfigKeys.ALL.stream().map(ConfigKey::environmentVariable).toList();
    throw origin.mistake("no such key" + Nearest.hint(variable, variables));
  }
}
