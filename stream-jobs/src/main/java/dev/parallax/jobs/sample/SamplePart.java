package dev.parallax.jobs.sample;

import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.Series;

/**
 * A piece of the sample of one pane of one series, as it crosses the shuffle and lies in
 * checkpoints.
 *
 * <p>Each piece stands for events of its own, so that pieces may part company, as when state is
 * spread over other subtasks or a watermark comes between them, and no event is lost or counted
 * twice.
 */
public sealed interface SamplePart {

  /** Which series. */
  Series series();

  /** Start of the pane, event time in milliseconds. */
  long paneStart();

  /**
   * How many events a local sample has seen and not kept.
   *
   * @param sampledOut events of inputs that the local sample did not keep
   * @param late events of earlier panes that came too late while this pane was open
   */
  record Counts(Series series, long paneStart, long sampledOut, long late) implements SamplePart {}

  /**
   * An input that a local sample has kept, with its repeats; the payload is the value of its
   * record.
   *
   * @param kept the input
   */
  record Input(Series series, long paneStart, Kept<byte[]> kept) implements SamplePart {}
}
