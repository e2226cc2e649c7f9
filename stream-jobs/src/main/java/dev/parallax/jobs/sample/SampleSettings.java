package dev.parallax.jobs.sample;

import dev.parallax.core.probe.ProbeSet;
import dev.parallax.core.window.PaneLength;
import dev.parallax.core.window.Series;
import java.io.Serializable;
import java.time.Duration;

/**
 * How panes are cut and sampled.
 *
 * @param paneMillis length of a pane
 * @param latenessMillis how far events of a partition may come out of order
 * @param size most inputs of a sample
 * @param seed of the sampling
 */
public record SampleSettings(long paneMillis, long latenessMillis, int size, long seed)
    implements Serializable {

  /** Checks every setting. */
  public SampleSettings {
    if (paneMillis < 1) {
      throw new IllegalArgumentException(
          "monitor.pane=" + paneMillis + " ms: expected 1 ms or more");
    }
    if (latenessMillis < 0) {
      throw new IllegalArgumentException(
          "monitor.lateness=" + latenessMillis + " ms: expected 0 or more");
    }
    if (size < 1) {
      throw new IllegalArgumentException("monitor.sample-size=" + size + ": expected 1 or more");
    }
  }

  /** Most inputs of a sample of {@code series}; whole cycles of probes are kept. */
  int size(Series series) {
    return series.isProbes() ? Math.max(size, ProbeSet.MAX_PROBES) : size;
  }

  /** The panes. */
  public PaneLength pane() {
    return new PaneLength(Duration.ofMillis(paneMillis));
  }
}
