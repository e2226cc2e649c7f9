package dev.parallax.cli.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What was given for each key; a later layer replaces an earlier one key by key. */
final class ConfigValues {

  private final Map<ConfigKey<?>, Given> given = new HashMap<>();

  void overrideWith(Map<ConfigKey<?>, Given> layer) {
    given.putAll(layer);
  }

  /** Names of the keys that were given. */
  Set<String> names() {
    return given.keySet().stream().map(ConfigKey::name).collect(Collectors.toSet());
  }

  /** The value of a key that has a default. */
  <T> T get(ConfigKey<T> key) {
    return find(key)
        .orElseThrow(() -> new IllegalArgumentException(key.name() + " may be unset: use find"));
  }

  /** The value of a key, its default, or nothing. */
  <T> Optional<T> find(ConfigKey<T> key) {
    Given value = given.get(key);
    return value == null ? key.parseDefault() : Optional.of(key.parse(value));
  }
}
