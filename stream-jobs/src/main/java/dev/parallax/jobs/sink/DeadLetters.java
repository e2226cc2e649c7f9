package dev.parallax.jobs.sink;

import dev.parallax.core.embedding.Rejection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Dead letters as the job writes them: the original key and value, and why. */
public final class DeadLetters {

  /** Header that holds the reason's label. */
  public static final String REASON = "parallax-reason";

  /** Header that holds the detail. */
  public static final String DETAIL = "parallax-detail";

  /** Header that says who turned the record away. */
  public static final String STAGE = "parallax-stage";

  private DeadLetters() {}

  /** A dead letter of a kept event or of an unreadable record. */
  public static OutRecord of(
      Rejection rejection,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put(REASON, rejection.reason().label());
    all.put(DETAIL, rejection.detail());
    all.put(STAGE, "monitor");
    return new OutRecord(key, value, all);
  }
}
