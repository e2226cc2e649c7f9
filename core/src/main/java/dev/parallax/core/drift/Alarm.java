package dev.parallax.core.drift;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a series is called if it pages, which the whole fleet decides: the evidence against its
 * baseline alone would page.
 *
 * @param verdict what is said then
 * @param reasons what led to it, in words
 * @param estimatedChange when the series seems to have changed, event time in milliseconds, where
 *     that can be said
 */
public record Alarm(Verdict verdict, List<String> reasons, OptionalLong estimatedChange) {

  /** Copies the reasons. */
  public Alarm {
    reasons = List.copyOf(reasons);
  }
}
