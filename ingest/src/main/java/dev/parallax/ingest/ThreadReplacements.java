package dev.parallax.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Allows a few replacements of failed stream threads: a broker that was away for a moment costs
 * one, a fault that comes back at once uses them up.
 */
final class ThreadReplacements {

  private final int most;
  private final Duration within;
  private final Clock clock;
  private final Deque<Instant> replacements = new ArrayDeque<>();

  /** Allows {@code most} replacements in any span of {@code within}. */
  ThreadReplacements(int most, Duration within, Clock clock) {
    this.most = most;
    this.within = within;
    this.clock = clock;
  }

  /** Whether one more thread may be replaced now; if so, it is counted. */
  synchronized boolean allowOne() {
    Instant now = clock.instant();
    while (!replacements.isEmpty()
        && Duration.between(replacements.peekFirst(), now).compareTo(within) > 0) {
      replacements.removeFirst();
    }
    if (replacements.size() >= most) {
      return false;
    }
    replacements.addLast(now);
    return true;
  }
}
