package dev.parallax.ingest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parallax.core.embedding.EventLimits;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.envelope.EnvelopeOptions;
import dev.parallax.ingest.envelope.EnvelopeReader;
import dev.parallax.ingest.envelope.EnvelopeReaders;
import dev.parallax.ingest.envelope.Opened;
import dev.parallax.ingest.envelope.SourceRecord;
import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.BodyReaders;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import dev.parallax.ingest.format.FormatSniffer;
import dev.parallax.ingest.format.RejectedBodyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The reader of one envelope, on records with any headers, key and value; the body in it goes on to
 * the reader of the format that it looks like.
 *
 * @param envelope the envelope
 * @param readers its reader, told nothing of its source, and told something
 * @param bound of one opening
 */
record EnvelopeTarget(
    Envelope envelope, List<EnvelopeReader> readers, Bound bound, PayloadOracle oracle)
    implements FuzzTarget {

  private static final int MAX_ATTRIBUTE_BYTES = 256;

  static EnvelopeTarget of(Envelope envelope, Bound bound, PayloadOracle oracle) {
    EnvelopeOptions told =
        new EnvelopeOptions(
            Optional.of("mlserver-input"), Optional.of("x-id"), Map.of("type", "*e*t*"));
    return new EnvelopeTarget(
        envelope,
        Stream.of(EnvelopeOptions.NONE, told)
            .map(options -> EnvelopeReaders.of(envelope, options))
            .toList(),
        bound,
        oracle);
  }

  @Override
  public String name() {
    return envelope.label();
  }

  @Override
  public List<byte[]> samples() {
    return SeedInputs.records().stream().map(RecordText::write).toList();
  }

  @Override
  public void accept(byte[] input) {
    SourceRecord record = RecordText.read(input);
    for (EnvelopeReader reader : readers) {
      try {
        Opened opened = bound.within(input.length, () -> reader.open(record));
        if (opened instanceof Opened.Message message) {
          check(message);
        }
      } catch (RejectedBodyException e) {
        PayloadOracle.check(e.rejection());
      }
    }
  }

  private void check(Opened.Message message) throws RejectedBodyException {
    require(message.source().filter(String::isBlank).isEmpty(), "a blank source");
    require(
        message.attributes().values().stream()
            .allMatch(value -> value.getBytes(UTF_8).length <= MAX_ATTRIBUTE_BYTES),
        "a long attribute");
    Body body = message.body();
    Optional<Format> format = FormatSniffer.sniff(body);
    if (format.isPresent()) {
      oracle.check(
          BodyReaders.of(format.get(), FormatOptions.NONE, EventLimits.DEFAULT).read(body));
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
