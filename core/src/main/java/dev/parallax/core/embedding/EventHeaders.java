package dev.parallax.core.embedding;

import java.util.Optional;

/**
 * The CloudEvents 1.0 headers of a native event in Kafka's binary content mode.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding</a>
 */
public final class EventHeaders {

  /** Version of the CloudEvents specification. */
  public static final String SPEC_VERSION = "ce_specversion";

  /** Unique id of the event. */
  public static final String ID = "ce_id";

  /** Who published the event. */
  public static final String SOURCE = "ce_source";

  /** Type of the event, {@link #TYPE_V1}. */
  public static final String TYPE = "ce_type";

  /** Event time, RFC 3339. */
  public static final String TIME = "ce_time";

  /** {@code model/version}, see {@link Subject}. */
  public static final String SUBJECT = "ce_subject";

  /**
   * {@value #PROBE_TRUE} on a probe and absent on every other event: probes are told apart without
   * decoding the value, whose flag it repeats. An extension attribute in the words of CloudEvents.
   */
  public static final String PROBE = "ce_parallaxprobe";

  /** What {@link #PROBE} says of a probe. */
  public static final String PROBE_TRUE = "true";

  /** Media type of the value, {@link #PROTOBUF}. */
  public static final String CONTENT_TYPE = "content-type";

  /** The type of a native event of version 1. */
  public static final String TYPE_V1 = "dev.parallax.embedding.v1";

  /** The version of CloudEvents that we write. */
  public static final String SPEC_VERSION_1 = "1.0";

  /** The media type of a native event's value. */
  public static final String PROTOBUF = "application/protobuf";

  private EventHeaders() {}

  /**
   * The {@link #SUBJECT} header, split at its last slash: a model's name may hold slashes, its
   * version may not.
   *
   * @param model the model's name
   * @param version the model's version
   */
  public record Subject(String model, String version) {

    /**
     * Reads {@code model/version}; empty if either part is missing, or if it holds a {@code |},
     * which separates the parts of a series' key.
     */
    public static Optional<Subject> parse(String text) {
      int slash = text.lastIndexOf('/');
      return slash <= 0 || slash == text.length() - 1 || text.indexOf('|') >= 0
          ? Optional.empty()
          : Optional.of(new Subject(text.substring(0, slash), text.substring(slash + 1)));
    }

    /** The header's text. */
    @Override
    public String toString() {
      return model + "/" + version;
    }
  }
}
