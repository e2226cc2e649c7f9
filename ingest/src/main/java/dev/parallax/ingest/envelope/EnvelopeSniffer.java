package dev.parallax.ingest.envelope;

import dev.parallax.ingest.format.RejectedBodyException;

/**
 * Guesses the envelope of a record from its headers, topic and value, for people who look at
 * records of a source.
 */
public final class EnvelopeSniffer {

  private EnvelopeSniffer() {}

  /** The envelope that {@code record} looks like; {@link Envelope#RAW} if it looks like none. */
  public static Envelope sniff(SourceRecord record) {
    Labels headers = Labels.of(record.headers());
    Labels attributes = headers.after("ce_", "ce-");
    if (StructuredEvent.REQUIRED.stream().anyMatch(attributes::has)
        || headers.has(CloudEventsEnvelope.MLSERVER_MODEL)
        || headers.has(CloudEventsEnvelope.MLSERVER_VERSION)) {
      return Envelope.CLOUDEVENTS;
    }
    // A request id alone is what many gateways write.
    if (SeldonTopic.parse(record.topic()).isPresent()
        || headers.has(SeldonEnvelope.ERRORS)
        || headers.has(SeldonEnvelope.REQUEST_ID) && headers.has(SeldonEnvelope.PIPELINE)) {
      return Envelope.SELDON;
    }
    return isStructuredEvent(record) ? Envelope.CLOUDEVENTS : Envelope.RAW;
  }

  private static boolean isStructuredEvent(SourceRecord record) {
    byte[] value = record.value();
    try {
      return value != null && StructuredEvent.parse(value, false).isPresent();
    } catch (RejectedBodyException e) {
      return true; // It is one, and wrong.
    }
  }
}
