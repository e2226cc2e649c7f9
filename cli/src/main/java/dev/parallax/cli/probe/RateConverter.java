package dev.parallax.cli.probe;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Rates on the command line, {@code 5/s} or {@code 30/m}, as the time between two requests. */
final class RateConverter implements ITypeConverter<Duration> {

  private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,5})/([smh])");

  @Override
  public Duration convert(String text) {
    Matcher rate = RATE.matcher(text);
    if (!rate.matches()) {
      throw new TypeConversionException("'" + text + "' is not a rate, such as 5/s, 30/m or 100/h");
    }
    Duration unit =
        switch (rate.group(2)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return unit.dividedBy(Long.parseLong(rate.group(1)));
  }
}
