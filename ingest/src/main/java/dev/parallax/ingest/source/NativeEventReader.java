package dev.parallax.ingest.source;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.EventValidator;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are native events already: checks them, settles their input key and drops what
 * must not travel on.
 *
 * <p>Where the event carries its input text, the input key is computed from it and a supplied key
 * gives way. Only that key joins with other formats and other producers, and no producer can file
 * its text under the key of another input, which the reference vectors are cached by. Without a
 * text, or a hasher, the supplied key stands.
 *
 * <p>The value is decoded once. If nothing in it changes, the very bytes that came in are passed
 * on; otherwise it is written anew, without fields that this version does not know.
 *
 * <p>Not thread-safe: one instance per thread.
 */
public final class NativeEventReader {

  private final EventLimits limits;
  private final EventCodec codec;
  private final EventValidator validator;
  private final Optional<InputKeyHasher> hasher;
  private final boolean forwardInputText;

  /**
   * A reader.
   *
   * @param limits how large and how far off in time an event may be
   * @param clock measures the event time
   * @param hasher computes input keys; without one, an event must bring its own
   * @param forwardInputText whether the input text travels on, because the reference needs it
   */
  public NativeEventReader(
      EventLimits limits, Clock clock, Optional<InputKeyHasher> hasher, boolean forwardInputText) {
    this.limits = limits;
    this.codec = new EventCodec(limits);
    this.validator = new EventValidator(limits, clock);
    this.hasher = hasher;
    this.forwardInputText = forwardInputText;
  }

  /** Reads one record; whatever is wrong with it becomes a rejection. */
  public Reading read(Headers headers, byte @Nullable [] value) {
    try {
      return clean(CloudEvent.of(headers), value);
    } catch (RejectedRecordException e) {
      return new Reading.Rejected(e.rejection());
    }
  }

  private Reading clean(CloudEvent head, byte @Nullable [] value) throws RejectedRecordException {
    Decoded decoded = codec.decode(value);
    if (value == null || decoded instanceof Decoded.Rejected) {
      throw new RejectedRecordException(((Decoded.Rejected) decoded).rejection());
    }
    EmbeddingEvent event = ((Decoded.Accepted) decoded).event();
    Optional<Rejection> fault = validator.check(event, head.timeMillis());
    if (fault.isPresent()) {
      throw new RejectedRecordException(fault.get());
    }
    byte[] subject = subjectOf(event, head);
    InputKey key = keyOf(event);
    return new Reading.Accepted(
        key,
        valueWith(key, event, value),
        head.normalised(subject, event.probe()),
        head.source(),
        head.id());
  }

  private static byte[] subjectOf(EmbeddingEvent event, CloudEvent head)
      throws RejectedRecordException {
    String name = new EventHeaders.Subject(event.model(), event.modelVersion()).toString();
    byte[] subject = name.getBytes(StandardCharsets.UTF_8);
    byte[] claimed = head.subject();
    if (claimed != null && !Arrays.equals(claimed, subject)) {
      throw new RejectedRecordException(
          Reason.MALFORMED,
          EventHeaders.SUBJECT
              + " says "
              + new String(claimed, StandardCharsets.UTF_8)
              + ", the value says "
              + name);
    }
    return subject;
  }

  private InputKey keyOf(EmbeddingEvent event) throws RejectedRecordException {
    Optional<InputKey> computed = hasher.flatMap(h -> event.inputText().map(h::keyOf));
    return computed
        .or(event::inputKey)
        .orElseThrow(
            () ->
                new RejectedRecordException(
                    Reason.MISSING_INPUT, "no input_key, and no secret to compute it with"));
  }

  private byte[] valueWith(InputKey key, EmbeddingEvent event, byte[] original)
      throws RejectedRecordException {
    boolean newKey = !event.inputKey().equals(Optional.of(key));
    boolean dropText = event.inputText().isPresent() && !forwardInputText;
    if (!newKey && !dropText) {
      return original;
    }
    EmbeddingEvent keyed = newKey ? event.withInputKey(key) : event;
    byte[] value = EventCodec.encode(dropText ? keyed.withoutInputText() : keyed);
    if (value.length > limits.maxRecordBytes()) {
      throw new RejectedRecordException(
          Reason.TOO_LARGE,
          "value of "
              + value.length
              + " bytes with its input key, limit "
              + limits.maxRecordBytes());
    }
    return value;
  }
}
