package dev.parallax.exporter.web;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a web configuration file asks for, in the format that exporters of Prometheus share.
 *
 * @param tls how the server proves who it is; without it, it speaks plain HTTP
 * @param users bcrypt hashes of passwords by name; empty where nobody is asked for one
 * @see <a
 *     href="https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md">the
 *     format</a>
 */
public record WebConfig(Optional<TlsSettings> tls, Map<String, String> users) {

  /** Plain HTTP for everyone. */
  public static final WebConfig NONE = new WebConfig(Optional.empty(), Map.of());

  /** Copies the map. */
  public WebConfig {
    users = Map.copyOf(users);
  }

  /**
   * Reads a file; every file that it names is read, too.
   *
   * @param key the key of the configuration that names the file
   * @throws IllegalArgumentException naming the key, its value and what was expected
   */
  public static WebConfig read(String key, Path file) {
    return WebConfigFile.read(key, file);
  }

  /** Whether a client has to say who it is. */
  public boolean authenticates() {
    return !users.isEmpty() || tls.map(TlsSettings::requiresClientCertificate).orElse(false);
  }

  /** Names the users but not their hashes. */
  @Override
  public String toString() {
    return "WebConfig[tls=" + tls.isPresent() + ", users=" + users.keySet() + "]";
  }
}
