package dev.parallax.ingest.envelope;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The envelopes, by the names that configuration gives them. */
public enum Envelope {
  /** CloudEvents 0.3 or 1.0, binary or structured: KServe through Knative, MLServer. */
  CLOUDEVENTS,
  /** Seldon Core 2: a request id in a header, model and side in the topic's name. */
  SELDON,
  /** Nothing but the record. */
  RAW;

  /** Its name in configuration. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The envelope of that name. */
  public static Optional<Envelope> named(String label) {
    return Arrays.stream(values()).filter(value -> value.label().equals(label)).findFirst();
  }

  /** Every name. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Envelope::label).toList();
  }
}
