package dev.parallax.ingest.envelope;

import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.CallNames;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What is inside an envelope. */
public sealed interface Opened {

  /**
   * A body and what the envelope says of it.
   *
   * @param body the body, with its {@linkplain Body#side() side} and head length where the envelope
   *     states them
   * @param names id of the call, model and version as the envelope states them
   * @param source a URI reference that names the service, {@code ce_source}; empty if the envelope
   *     does not say
   * @param timeMillis event time, in milliseconds since 1970; empty if the envelope does not say
   * @param attributes what else the envelope says and slices may use, such as {@code namespace}
   */
  record Message(
      Body body,
      CallNames names,
      Optional<String> source,
      OptionalLong timeMillis,
      Map<String, String> attributes)
      implements Opened {

    /** Copies the attributes. */
    public Message {
      attributes = Map.copyOf(attributes);
    }
  }

  /** A record that the source's filter leaves out: counted, and no dead letter. */
  record LeftOut() implements Opened {}
}
