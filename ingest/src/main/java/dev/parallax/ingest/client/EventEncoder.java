package dev.parallax.ingest.client;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.EventValidator;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.InputKeySecret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Turns events into records, and turns away those that ingest would turn away.
 *
 * <p>There is no second copy of ingest's rules: what was written is decoded and validated by the
 * classes that ingest uses, which costs about as much as the writing. Thread-safe.
 */
final class EventEncoder {

  /** Longest id and source, in UTF-8 bytes: what ingest takes in a header. */
  static final int MAX_HEADER_BYTES = 1024;

  private final String topic;
  private final String source;
  private final EventLimits limits;
  private final Optional<InputKeySecret> secret;
  private final boolean sendInputText;
  private final EventCodec codec;
  private final EventValidator validator;

  EventEncoder(
      String topic,
      String source,
      EventLimits limits,
      Optional<InputKeySecret> secret,
      boolean sendInputText,
      Clock clock) {
    this.topic = topic;
    this.source = source;
    this.limits = limits;
    this.secret = secret;
    this.sendInputText = sendInputText;
    this.codec = new EventCodec(limits);
    this.validator = new EventValidator(limits, clock);
  }

  /** An event as a record, or why it is none. */
  sealed interface Encoded {

    /** The record of the event. */
    record Ready(ProducerRecord<byte[], byte[]> record) implements Encoded {}

    /** What is wrong with the event. */
    record Refused(Rejection rejection) implements Encoded {}
  }

  Encoded encode(EmbeddingEvent event, String id, long eventTimeMillis) {
    int idBytes = utf8Length(id, MAX_HEADER_BYTES);
    if (idBytes == 0) {
      return refused(Reason.MISSING_FIELD, "id: expected a text, got none");
    }
    if (idBytes > MAX_HEADER_BYTES) {
      return refused(Reason.TOO_LARGE, "id of over " + MAX_HEADER_BYTES + " bytes");
    }
    // Before anything is written or hashed, so that no event costs more than the limits allow.
    if (event.vector().dimension() > limits.maxDimension()) {
      return refused(
          Reason.TOO_LARGE,
          "vector of " + event.vector().dimension() + " elements, limit " + limits.maxDimension());
    }
    if (event.inputText().filter(this::isTooLong).isPresent()) {
      return refused(Reason.TOO_LARGE, "input_text of over " + limits.maxTextBytes() + " bytes");
    }
    ProducerRecord<byte[], byte[]> record =
        NativeEventRecord.of(keyed(event), id, source, eventTimeMillis, topic);
    if (codec.decode(record.value()) instanceof Decoded.Rejected rejected) {
      return new Encoded.Refused(rejected.rejection());
    }
    return validator
        .check(event, eventTimeMillis)
        .<Encoded>map(Encoded.Refused::new)
        .orElseGet(() -> new Encoded.Ready(record));
  }

  /** The key of a text is computed even where the event brings one, as ingest does. */
  private EmbeddingEvent keyed(EmbeddingEvent event) {
    if (secret.isEmpty() || event.inputText().isEmpty()) {
      return event;
    }
    EmbeddingEvent keyed =
        event.withInputKey(secret.get().newHasher().keyOf(event.inputText().get()));
    return sendInputText ? keyed : keyed.withoutInputText();
  }

  private boolean isTooLong(String text) {
    return utf8Length(text, limits.maxTextBytes()) > limits.maxTextBytes();
  }

  /** Bytes of {@code text}; of one with more characters than {@code enough}, some number above. */
  private static int utf8Length(String text, int enough) {
    return text.length() > enough ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Encoded refused(Reason reason, String detail) {
    return new Encoded.Refused(new Rejection(reason, detail));
  }
}
