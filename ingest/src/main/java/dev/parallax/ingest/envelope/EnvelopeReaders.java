package dev.parallax.ingest.envelope;

/** Where readers of envelopes come from. */
public final class EnvelopeReaders {

  private EnvelopeReaders() {}

  /** A reader of {@code envelope} for one source. */
  public static EnvelopeReader of(Envelope envelope, EnvelopeOptions options) {
    return switch (envelope) {
      case CLOUDEVENTS -> new CloudEventsEnvelope(options);
      case SELDON -> new SeldonEnvelope(options);
      case RAW -> new RawEnvelope(options);
    };
  }
}
