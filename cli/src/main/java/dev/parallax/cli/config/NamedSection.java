package dev.parallax.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A section whose keys are there once for every name that the file gives, as in {@code
 * sources.search.topic}. They are given in the file and in flags, and not in the environment, where
 * dots and dashes cannot be told apart.
 */
final class NamedSection {

  /** Stands for the name, in the documentation. */
  static final String NAME = "<name>";

  private final String section;
  private final Pattern pattern;
  private final List<ConfigKey<?>> declared = new ArrayList<>();

  NamedSection(String section) {
    this.section = section;
    this.pattern =
        Pattern.compile(Pattern.quote(section) + "\\.(?<name>[A-Za-z0-9_-]{1,100})\\.(?<rest>.+)");
  }

  /** Declares a key. */
  <T> ConfigKey<T> key(
      String name, ValueType<T> type, Optional<String> defaultText, String documentation) {
    ConfigKey<T> key = new ConfigKey<>(documented(name), type, defaultText, documentation);
    declared.add(key);
    return key;
  }

  /** All of them, with {@value #NAME} for the name, in the order of the documentation. */
  List<ConfigKey<?>> declared() {
    return List.copyOf(declared);
  }

  /** What comes after the name in a key of this section. */
  Optional<String> rest(String key) {
    Matcher matcher = pattern.matcher(key);
    return matcher.matches() ? Optional.of(matcher.group("rest")) : Optional.empty();
  }

  /** The declared key with this rest, under the name that {@code key} has. */
  Optional<ConfigKey<?>> declared(String rest, String key) {
    return declared.stream()
        .filter(candidate -> candidate.name().equals(documented(rest)))
        .findFirst()
        .map(candidate -> renamed(candidate, key));
  }

  /** The keys that {@code key} may have meant. */
  List<String> namesLike(String key) {
    Matcher matcher = pattern.matcher(key);
    return matcher.matches()
        ? declared.stream()
            .map(candidate -> candidate.name().replace(NAME, matcher.group("name")))
            .toList()
        : List.of();
  }

  /** Whether {@code key} is the section, or one name of it. */
  boolean isSection(String key) {
    String[] parts = key.split("\\.", -1);
    return parts[0].equals(section) && parts.length <= 2;
  }

  /** The names that keys are given of, sorted. */
  List<String> names(ConfigValues values) {
    return values.names().stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group("name"))
        .distinct()
        .sorted()
        .toList();
  }

  /** The key of one name. */
  <T> ConfigKey<T> of(String name, ConfigKey<T> key) {
    return renamed(key, key.name().replace(NAME, name));
  }

  /**
   * The value of a key of one name.
   *
   * @throws IllegalArgumentException if it is not given
   */
  <T> T required(String name, ConfigKey<T> key, ConfigValues values) {
    ConfigKey<T> named = of(name, key);
    return values
        .find(named)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    named.name() + " is missing: expected " + named.type().expectation()));
  }

  static <T> ConfigKey<T> renamed(ConfigKey<T> key, String name) {
    return new ConfigKey<>(name, key.type(), key.defaultText(), key.documentation());
  }

  private String documented(String rest) {
    return section + "." + NAME + "." + rest;
  }
}
