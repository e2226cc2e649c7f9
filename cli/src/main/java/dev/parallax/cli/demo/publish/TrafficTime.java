package dev.parallax.cli.demo.publish;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * When the events of a plan go out.
 *
 * @param clock moved to the event time of the traffic
 * @param speed event time over wall time
 * @param latestMillis event time that traffic may not pass at the moment, in milliseconds
 */
public record TrafficTime(SimulatedClock clock, double speed, LongSupplier latestMillis) {

  /** Simulated time, which nothing but the speed holds back. */
  public static TrafficTime simulated(SimulatedClock clock, double speed) {
    return new TrafficTime(clock, speed, () -> Long.MAX_VALUE);
  }

  /** At that speed through the past; once it has come to the present, it goes with it. */
  public static TrafficTime upToThePresent(SimulatedClock clock, double speed, Clock present) {
    return new TrafficTime(clock, speed, present::millis);
  }
}
