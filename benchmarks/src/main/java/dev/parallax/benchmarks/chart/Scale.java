package dev.parallax.benchmarks.chart;

/**
 * Where on an axis a value lies, in pixels; linear between its ends, and not held to them.
 *
 * @param from value at {@code start}
 * @param to value at {@code end}, not {@code from}
 * @param start pixel
 * @param end pixel
 */
public record Scale(double from, double to, double start, double end) {

  /** Checks that there is something between the ends. */
  public Scale {
    if (from == to) {
      throw new IllegalArgumentException("expected two different values, got twice " + from);
    }
  }

  /** The pixel of a value. */
  public double at(double value) {
    return start + (value - from) / (to - from) * (end - start);
  }
}
