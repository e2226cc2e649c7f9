package dev.parallax.cli.ingest;

import dev.parallax.ingest.format.Format;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Formats on the command line, by the names that they have in the configuration. */
final class FormatNames implements ITypeConverter<Format>, Iterable<String> {

  @Override
  public Format convert(String text) {
    return Format.named(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not a format: expected one of " + Format.labels()));
  }

  @Override
  public Iterator<String> iterator() {
    return Format.labels().iterator();
  }
}
