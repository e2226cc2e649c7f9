package dev.parallax.ingest;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.ingest.pairing.Half;
import dev.parallax.ingest.pairing.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A record that was turned away: its key and headers, with headers that say why and where it came
 * from. The value, which may hold an input, stays behind unless configuration says otherwise; the
 * record is found again by its topic, partition and offset.
 *
 * <p>A dead letter must always fit its topic, so what is out of all proportion is cut: a value at
 * the limit of record size, a key with headers at {@value #MAX_HEAD_BYTES} bytes together. {@link
 * #TRUNCATED} then says what was cut and how large it was. Headers that carry credentials are
 * dropped.
 */
public final class DeadLetter {

  /** Why, for machines: the label of the rejection's reason. */
  public static final String REASON = "parallax-reason";

  /** Why, for people. */
  public static final String DETAIL = "parallax-detail";

  /** Name of the source. */
  public static final String SOURCE = "parallax-source";

  /** Id of the call, where the record is one half of it. */
  public static final String CALL_ID = "parallax-call-id";

  /** On a record that was sent again after it had been a dead letter: how often it was. */
  public static final String RETRY = "parallax-retry";

  /**
   * On a record among the dead letters that is none, but says that the one of its topic, partition
   * and offset was sent again before.
   */
  public static final String RETRIED = "parallax-retried";

  /** What the names of all these headers begin with. */
  public static final String PREFIX = "parallax-";

  /** Size of the value that stayed behind, in bytes, in decimal. */
  public static final String VALUE_BYTES = "parallax-value-bytes";

  /** The topic that the record came from. */
  public static final String SOURCE_TOPIC = "parallax-source-topic";

  /** Its partition, in decimal. */
  public static final String SOURCE_PARTITION = "parallax-source-partition";

  /** Its offset, in decimal. */
  public static final String SOURCE_OFFSET = "parallax-source-offset";

  /** What was cut to fit, such as {@code value of 5000000 bytes}; absent if nothing was. */
  public static final String TRUNCATED = "parallax-truncated";

  /** Most bytes of key and headers together. */
  static final int MAX_HEAD_BYTES = 16_384;

  private static final Pattern CREDENTIALS =
      Pattern.compile(
          ".*(authorization|cookie|api-?key|token|secret|password).*", Pattern.CASE_INSENSITIVE);

  private static final int MAX_DETAIL_CHARS = 300;

  private DeadLetter() {}

  /**
   * The dead letter of a record.
   *
   * @param source name of the source
   * @param withValue whether the value may be carried
   * @param maxValueBytes most bytes of it
   */
  static Record<byte @Nullable [], byte @Nullable []> of(
      Record<byte @Nullable [], byte @Nullable []> rejected,
      String source,
      Origin origin,
      Rejection rejection,
      boolean withValue,
      int maxValueBytes,
      long nowMillis) {
    List<String> truncated = new ArrayList<>();
    byte[] key = rejected.key();
    Headers headers = new RecordHeaders();
    int headBytes = sizeOf(key, rejected.headers());
    if (headBytes <= MAX_HEAD_BYTES) {
      copy(rejected.headers(), headers);
    } else {
      key = null;
      truncated.add("key and headers of " + headBytes + " bytes");
    }
    byte[] value = rejected.value();
    addReason(headers, source, origin, rejection);
    if (value != null && !withValue) {
      headers.add(VALUE_BYTES, utf8(Integer.toString(value.length)));
      value = null;
    } else if (value != null && value.length > maxValueBytes) {
      truncated.add("value of " + value.length + " bytes");
      value = Arrays.copyOf(value, maxValueBytes);
    }
    if (!truncated.isEmpty()) {
      headers.add(TRUNCATED, utf8(String.join(", ", truncated)));
    }
    return new Record<>(key, value, nowMillis, headers);
  }

  /** The dead letter of one half of a call, or of the call that its response ended. */
  static Record<byte @Nullable [], byte @Nullable []> of(
      String source, Half half, Rejection rejection, long nowMillis) {
    Headers headers = new RecordHeaders();
    addReason(headers, source, half.origin(), rejection);
    half.names().id().ifPresent(id -> headers.add(CALL_ID, utf8(cut(id, MAX_DETAIL_CHARS))));
    return new Record<>(null, null, nowMillis, headers);
  }

  private static void addReason(
      Headers headers, String source, Origin origin, Rejection rejection) {
    headers
        .add(REASON, utf8(rejection.reason().label()))
        .add(DETAIL, utf8(cut(rejection.detail(), MAX_DETAIL_CHARS)))
        .add(SOURCE, utf8(source))
        .add(SOURCE_TOPIC, utf8(origin.topic()))
        .add(SOURCE_PARTITION, utf8(Integer.toString(origin.partition())))
        .add(SOURCE_OFFSET, utf8(Long.toString(origin.offset())));
  }

  private static String cut(String text, int mostChars) {
    return text.substring(0, Math.min(text.length(), mostChars));
  }

  /** A dead letter that is tried again and fails again says why it failed last. */
  private static void copy(Headers from, Headers to) {
    for (Header header : from) {
      if (!header.key().startsWith(PREFIX) && !CREDENTIALS.matcher(header.key()).matches()) {
        to.add(header);
      }
    }
  }

  private static int sizeOf(byte @Nullable [] key, Headers headers) {
    long bytes = key == null ? 0 : key.length;
    for (Header header : headers) {
      bytes += 3L * header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
