package dev.parallax.cli.ingest;

import dev.parallax.ingest.envelope.Envelope;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Envelopes on the command line, by the names that they have in the configuration. */
final class EnvelopeNames implements ITypeConverter<Envelope>, Iterable<String> {

  @Override
  public Envelope convert(String text) {
    return Envelope.named(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not an envelope: expected one of " + Envelope.labels()));
  }

  @Override
  public Iterator<String> iterator() {
    return Envelope.labels().iterator();
  }
}
