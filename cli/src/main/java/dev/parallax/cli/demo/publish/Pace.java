package dev.parallax.cli.demo.publish;

/**
 * Ties event time to the wall: it runs at a multiple of the wall's speed, stands still while what
 * is needed next is not there, and catches up afterwards without a burst.
 *
 * <p>All positions are milliseconds of event time since the start. Not thread-safe.
 */
public final class Pace {

  private static final double CATCH_UP = 1.5;
  private static final double NANOS_PER_MILLI = 1e6;

  private final double speed;
  private final long startNanos;
  private long lastNanos;
  private double position;

  /**
   * A pace that starts now.
   *
   * @param speed event time over wall time
   * @param nowNanos a reading of {@link System#nanoTime()}
   */
  public Pace(double speed, long nowNanos) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed=" + speed + ": expected more than 0");
    }
    this.speed = speed;
    this.startNanos = nowNanos;
    this.lastNanos = nowNanos;
  }

  /**
   * Moves event time on and says where it is.
   *
   * @param limit where it must stop for now
   */
  public double advance(long nowNanos, double limit) {
    double ideal = (nowNanos - startNanos) / NANOS_PER_MILLI * speed;
    double fastest = position + (nowNanos - lastNanos) / NANOS_PER_MILLI * speed * CATCH_UP;
    lastNanos = nowNanos;
    position = Math.max(position, Math.min(Math.min(ideal, fastest), limit));
    return position;
  }

  /** Wall time until event time can reach {@code target}, in nanoseconds; 0 if it is there. */
  public long nanosUntil(double target) {
    return (long) Math.max(0, Math.ceil((target - position) / speed * NANOS_PER_MILLI));
  }
}
