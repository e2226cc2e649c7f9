package dev.parallax.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Tells a job that starts again now and then from one that does so for ever: {@value #MOST} times
 * within ten minutes is too often. It knows when restarts were seen, so it has to be asked now and
 * then. Thread-safe.
 */
final class RestartWatch {

  static final int MOST = 5;
  static final Duration WITHIN = Duration.ofMinutes(10);

  private final Clock clock;
  private final Deque<Instant> seen = new ArrayDeque<>();
  private long counted;

  /** A watch that has seen none. */
  RestartWatch(Clock clock) {
    this.clock = clock;
  }

  /**
   * What is wrong, if anything.
   *
   * @param restarts how often the job was started again so far
   */
  synchronized Optional<String> problem(long restarts) {
    Instant now = clock.instant();
    for (; counted < restarts; counted++) {
      seen.add(now);
      if (seen.size() > MOST) {
        seen.remove();
      }
    }
    while (!seen.isEmpty() && seen.peek().isBefore(now.minus(WITHIN))) {
      seen.remove();
    }
    return seen.size() < MOST
        ? Optional.empty()
        : Optional.of(
            "the monitoring job fails again and again: "
                + MOST
                + " restarts within "
                + WITHIN.toMinutes()
                + " minutes");
  }
}
