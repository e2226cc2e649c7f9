package dev.parallax.cli.config;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Durations on the command line, written as in the configuration: {@code 30s}, {@code 5m}, {@code
 * PT30S}.
 */
public final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    return ValueType.durationOf(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not a duration above 0, such as 30s, 5m, 1h or PT30S"));
  }
}
