package dev.parallax.jobs.sink;

import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters as the job writes them: the original key and value, and why.
 *
 * <p>A dead letter must always fit its topic, or it would stop the job, so what is out of all
 * proportion is cut: a value at the limit of record size, a key with headers at {@value
 * #MAX_HEAD_BYTES} bytes together. {@link #TRUNCATED} then says what was cut and how large it was.
 */
public final class DeadLetters {

  /** Header that holds the reason's label. */
  public static final String REASON = "parallax-reason";

  /** Header that holds the detail. */
  public static final String DETAIL = "parallax-detail";

  /** Header that says who turned the record away. */
  public static final String STAGE = "parallax-stage";

  /** Header that says what was cut to fit; absent if nothing was. */
  public static final String TRUNCATED = "parallax-truncated";

  /** Most bytes of key and headers together. */
  static final int MAX_HEAD_BYTES = 16_384;

  /** Most bytes of a value. */
  static final int MAX_VALUE_BYTES = EventLimits.DEFAULT.maxRecordBytes();

  private DeadLetters() {}

  /** A dead letter of a kept event or of an unreadable record. */
  public static OutRecord of(
      Rejection rejection,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Map<String, String> headers) {
    List<String> truncated = new ArrayList<>();
    Map<String, String> all = new TreeMap<>();
    byte[] keptKey = key;
    long headBytes = headBytes(key, headers);
    if (headBytes <= MAX_HEAD_BYTES) {
      all.putAll(headers);
    } else {
      keptKey = null;
      truncated.add("key and headers of " + headBytes + " bytes");
    }
    byte[] keptValue = value;
    if (value != null && value.length > MAX_VALUE_BYTES) {
      keptValue = Arrays.copyOf(value, MAX_VALUE_BYTES);
      truncated.add("value of " + value.length + " bytes");
    }
    all.put(REASON, rejection.reason().label());
    all.put(DETAIL, rejection.detail());
    all.put(STAGE, "monitor");
    if (!truncated.isEmpty()) {
      all.put(TRUNCATED, String.join(", ", truncated));
    }
    return new OutRecord(keptKey, keptValue, all);
  }

  private static long headBytes(byte @Nullable [] key, Map<String, String> headers) {
    long bytes = key == null ? 0 : key.length;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      bytes += header.getKey().getBytes(StandardCharsets.UTF_8).length;
      bytes += header.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }
}
