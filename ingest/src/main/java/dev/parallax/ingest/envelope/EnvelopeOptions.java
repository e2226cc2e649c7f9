package dev.parallax.ingest.envelope;

import java.util.Map;
import java.util.Optional;

/**
 * What an envelope must be told about one source.
 *
 * @param requestTopic the topic that holds the requests, where the two halves have a topic each
 * @param idHeader of {@link Envelope#RAW}: name of the header with the call's id
 * @param only which records count: patterns of attributes or headers, by name, with {@code *} for
 *     any characters. What does not match is {@linkplain Opened.LeftOut left out}; an attribute
 *     that is not there does not match
 */
public record EnvelopeOptions(
    Optional<String> requestTopic, Optional<String> idHeader, Map<String, String> only) {

  /** Nothing told. */
  public static final EnvelopeOptions NONE =
      new EnvelopeOptions(Optional.empty(), Optional.empty(), Map.of());

  /** Copies the map. */
  public EnvelopeOptions {
    only = Map.copyOf(only);
  }
}
