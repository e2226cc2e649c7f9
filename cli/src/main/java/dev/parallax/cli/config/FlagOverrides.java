package dev.parallax.cli.config;

import dev.parallax.cli.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keys given by {@code --set key=value}; of repeats the last counts. */
final class FlagOverrides {

  private FlagOverrides() {}

  static Map<ConfigKey<?>, Given> read(List<String> flags) {
    Map<ConfigKey<?>, Given> layer = new HashMap<>();
    Origin origin = Origin.flag();
    for (String flag : flags) {
      int equals = flag.indexOf('=');
      if (equals < 0) {
        throw origin.mistake(flag + ": expected key=value");
      }
      String name = flag.substring(0, equals).strip();
      ConfigKey<?> key =
          ConfigKeys.named(name)
              .orElseThrow(
                  () ->
                      origin.mistake(
                          "unknown key " + name + Nearest.hint(name, ConfigKeys.namesLike(name))));
      layer.put(key, new Given(List.of(flag.substring(equals + 1).strip()), origin));
    }
    return layer;
  }
}
