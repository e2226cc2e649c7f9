package dev.parallax.cli.demo.traffic;

import java.time.Duration;
import java.time.Instant;

/**
 * How much traffic there is. All event times follow from this and none from the wall clock, so that
 * two runs with one seed are equal to the last bit.
 *
 * @param seed of everything that is random
 * @param start start of the first pane, event time
 * @param pane length of a pane
 * @param panes number of panes
 * @param inputsPerPane distinct inputs of a pane; every model receives all of them once
 */
public record TrafficShape(long seed, Instant start, Duration pane, int panes, int inputsPerPane) {

  /** Where the event time of the demo starts. */
  public static final Instant EPOCH = Instant.parse("2026-01-05T00:00:00Z");

  /** Panes of the demo. */
  public static final Duration PANE = Duration.ofMinutes(1);

  /** Inputs of a pane of the demo, more than the sample of 512 so that sampling is seen. */
  public static final int INPUTS_PER_PANE = 640;

  private static final Duration SHORTEST_PANE = Duration.ofSeconds(30);

  /** Checks the numbers. */
  public TrafficShape {
    if (pane.compareTo(SHORTEST_PANE) < 0) {
      throw new IllegalArgumentException(
          "pane=" + pane + ": expected " + SHORTEST_PANE + " or more");
    }
    if (panes < 1) {
      throw new IllegalArgumentException("panes=" + panes + ": expected 1 or more");
    }
    if (inputsPerPane < 1) {
      throw new IllegalArgumentException("inputsPerPane=" + inputsPerPane + ": expected 1 or more");
    }
  }

  /** The traffic of a demo that runs for {@code duration} of wall time at {@code speed}. */
  public static TrafficShape of(long seed, Duration duration, double speed) {
    double panes = duration.toMillis() * speed / PANE.toMillis();
    return new TrafficShape(
        seed, EPOCH, PANE, (int) Math.min(Math.round(panes), Integer.MAX_VALUE), INPUTS_PER_PANE);
  }

  /** Start of pane {@code index}, counted from 0, event time in milliseconds. */
  public long startOf(int index) {
    return start.toEpochMilli() + index * pane.toMillis();
  }

  /** End of the last pane. */
  public Instant end() {
    return Instant.ofEpochMilli(startOf(panes));
  }

  /** The pane from which on a model is broken: the middle one. */
  public int faultPane() {
    return panes / 2;
  }

  /** Start of {@link #faultPane()}. */
  public Instant faultAt() {
    return Instant.ofEpochMilli(startOf(faultPane()));
  }
}
