package dev.parallax.cli.demo.publish;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands at the event time of the traffic, so that what checks event time against the
 * present can be used on simulated traffic. Moves only forward. Thread-safe.
 */
public final class SimulatedClock extends Clock {

  private final AtomicLong millis;
  private final ZoneId zone;

  /** A clock that stands at {@code start} until it is moved. */
  public SimulatedClock(Instant start) {
    this(new AtomicLong(start.toEpochMilli()), ZoneOffset.UTC);
  }

  private SimulatedClock(AtomicLong millis, ZoneId zone) {
    this.millis = millis;
    this.zone = zone;
  }

  /** Moves the clock to {@code toMillis}, or leaves it where it is if that has passed. */
  public void advanceTo(long toMillis) {
    millis.accumulateAndGet(toMillis, Math::max);
  }

  @Override
  public long millis() {
    return millis.get();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** A view of this clock in another zone; it moves with this one. */
  @Override
  public Clock withZone(ZoneId other) {
    return new SimulatedClock(millis, other);
  }
}
