package dev.parallax.jobs.sample;

import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import java.util.List;

/**
 * The finished sample of a pane.
 *
 * @param series which series
 * @param paneStart start of the pane, event time in milliseconds
 * @param inputs what is kept, in hash order; payloads are the values of records
 * @param counts what became of the pane's events so far
 */
public record PaneSample(
    Series series, long paneStart, List<Kept<byte[]>> inputs, EventCounts counts) {

  /** Copies the inputs. */
  public PaneSample {
    inputs = List.copyOf(inputs);
  }
}
