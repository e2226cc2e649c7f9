package dev.parallax.ingest;

import dev.parallax.core.embedding.EventLimits;
import dev.parallax.ingest.envelope.EnvelopeOptions;
import dev.parallax.ingest.envelope.EnvelopeReader;
import dev.parallax.ingest.envelope.EnvelopeReaders;
import dev.parallax.ingest.format.BodyReader;
import dev.parallax.ingest.format.BodyReaders;
import dev.parallax.ingest.pairing.InputKeys;
import dev.parallax.ingest.source.EventAssembler;
import java.time.Clock;

/** The parts that read one source, from its configuration. */
final class SourceReaders {

  private SourceReaders() {}

  static EnvelopeReader envelope(SourceConfig source) {
    return EnvelopeReaders.of(
        source.envelope(),
        new EnvelopeOptions(source.requestTopic(), source.idHeader(), source.only()));
  }

  static BodyReader body(SourceConfig source, EventLimits limits) {
    return new GuardedReader(
        source.format(), BodyReaders.of(source.format(), source.formatOptions(), limits));
  }

  /** Input keys under the secret that every source with inputs has. */
  static InputKeys keys(IngestConfig config) {
    return new InputKeys(
        config
            .inputKeySecret()
            .orElseThrow(() -> new IllegalStateException("checked with the configuration"))
            .newHasher(),
        config.limits(),
        config.forwardInputText());
  }

  static EventAssembler assembler(SourceConfig source, IngestConfig config, Clock clock) {
    return new EventAssembler(config.limits(), clock, source.names(), "/" + source.name());
  }
}
