package dev.parallax.jobs.sample;

import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.Series;

/**
 * A piece of the sample of one pane of one series, as it crosses the shuffle and lies in
 * checkpoints.
 */
public sealed interface SamplePart {

  /** Which series. */
  Series series();

  /** Start of the pane, event time in milliseconds. */
  long paneStart();

  /**
   * How many events a local sample has seen.
   *
   * @param events events of the pane, kept or not
   * @param sampledOut those of inputs that the local sample did not keep
   * @param late events of earlier panes that came too late while this pane was open
   */
  record Counts(Series series, long paneStart, long events, long sampledOut, long late)
      implements SamplePart {}

  /**
   * An input that a local sample has kept; the payload is the value of its record.
   *
   * @param kept the input
   */
  record Input(Series series, long paneStart, Kept<byte[]> kept) implements SamplePart {}
}
