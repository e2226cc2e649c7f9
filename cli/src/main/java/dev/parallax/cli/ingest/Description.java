package dev.parallax.cli.ingest;

import dev.parallax.ingest.SourceConfig;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.envelope.EnvelopeOptions;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import java.util.Optional;

/**
 * What is said of records before one looks at them.
 *
 * @param envelope empty to guess it from each record
 * @param format empty to guess it from each body
 * @param envelopeOptions what the envelope must be told
 * @param formatOptions what the format must be told
 * @param names those that replace what records say
 * @param topic of records that do not say
 * @param uri names the service where records do not
 */
public record Description(
    Optional<Envelope> envelope,
    Optional<Format> format,
    EnvelopeOptions envelopeOptions,
    FormatOptions formatOptions,
    CallNames names,
    String topic,
    String uri) {

  /** Nothing said. */
  public static final Description NONE =
      new Description(
          Optional.empty(),
          Optional.empty(),
          EnvelopeOptions.NONE,
          FormatOptions.NONE,
          CallNames.NONE,
          "file",
          "/decode");

  /** A configured source. */
  public static Description of(SourceConfig source) {
    return new Description(
        Optional.of(source.envelope()),
        Optional.of(source.format()),
        new EnvelopeOptions(source.requestTopic(), source.idHeader(), source.only()),
        source.formatOptions(),
        new CallNames(Optional.empty(), source.model(), source.version()),
        source.topic(),
        "/" + source.name());
  }

  /** This with another envelope, format and options of the format. */
  public Description with(
      Optional<Envelope> otherEnvelope, Optional<Format> otherFormat, FormatOptions options) {
    return new Description(otherEnvelope, otherFormat, envelopeOptions, options, names, topic, uri);
  }

  /** This with other options of the envelope. */
  public Description with(EnvelopeOptions options) {
    return new Description(envelope, format, options, formatOptions, names, topic, uri);
  }
}
