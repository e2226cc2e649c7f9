package dev.parallax.ingest;

import dev.parallax.core.embedding.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record that was turned away, as it was, with headers that say why and where it came from.
 *
 * <p>A dead letter must always fit its topic, so what is out of all proportion is cut: a value at
 * the limit of record size, a key with headers at {@value #MAX_HEAD_BYTES} bytes together. {@link
 * #TRUNCATED} then says what was cut and how large it was.
 */
final class DeadLetter {

  /** Why, for machines: the label of the rejection's reason. */
  static final String REASON = "parallax-reason";

  /** Why, for people. */
  static final String DETAIL = "parallax-detail";

  /** The topic that the record came from. */
  static final String SOURCE_TOPIC = "parallax-source-topic";

  /** Its partition, in decimal. */
  static final String SOURCE_PARTITION = "parallax-source-partition";

  /** Its offset, in decimal. */
  static final String SOURCE_OFFSET = "parallax-source-offset";

  /** What was cut to fit, such as {@code value of 5000000 bytes}; absent if nothing was. */
  static final String TRUNCATED = "parallax-truncated";

  /** Most bytes of key and headers together. */
  static final int MAX_HEAD_BYTES = 16_384;

  private static final String OWN_PREFIX = "parallax-";
  private static final int MAX_DETAIL_CHARS = 300;

  private DeadLetter() {}

  static Record<byte @Nullable [], byte @Nullable []> of(
      Record<byte @Nullable [], byte @Nullable []> rejected,
      RecordMetadata origin,
      Rejection rejection,
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
    if (value != null && value.length > maxValueBytes) {
      truncated.add("value of " + value.length + " bytes");
      value = Arrays.copyOf(value, maxValueBytes);
    }
    String detail = rejection.detail();
    headers
        .add(REASON, utf8(rejection.reason().label()))
        .add(DETAIL, utf8(detail.substring(0, Math.min(detail.length(), MAX_DETAIL_CHARS))))
        .add(SOURCE_TOPIC, utf8(origin.topic()))
        .add(SOURCE_PARTITION, utf8(Integer.toString(origin.partition())))
        .add(SOURCE_OFFSET, utf8(Long.toString(origin.offset())));
    if (!truncated.isEmpty()) {
      headers.add(TRUNCATED, utf8(String.join(", ", truncated)));
    }
    return new Record<>(key, value, nowMillis, headers);
  }

  /** A dead letter that is tried again and fails again says why it failed last. */
  private static void copy(Headers from, Headers to) {
    for (Header header : from) {
      if (!header.key().startsWith(OWN_PREFIX)) {
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
