package dev.parallax.cli.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One key of the configuration.
 *
 * @param name dotted name, {@code monitor.pane}
 * @param type what its value may be
 * @param defaultText its value when none is given; empty where the key may stay unset
 * @param documentation one line on what it is for
 */
record ConfigKey<T>(
    String name, ValueType<T> type, Optional<String> defaultText, String documentation) {

  private static final String ENVIRONMENT_PREFIX = "PARALLAX_";

  /** The environment variable that overrides it: {@code PARALLAX_MONITOR_PANE}. */
  String environmentVariable() {
    return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The value that was written as {@code given}. */
  T parse(Given given) {
    return type.parser()
        .parse(given)
        .orElseThrow(
            () ->
                given
                    .origin()
                    .mistake(name + "=" + given.shown() + ": expected " + type.expectation()));
  }

  Optional<T> parseDefault() {
    return defaultText.map(text -> parse(new Given(List.of(text), Origin.defaults())));
  }
}
