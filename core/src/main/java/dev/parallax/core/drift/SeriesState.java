package dev.parallax.core.drift;

import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.window.Series;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of a series between panes. Immutable; {@link SeriesStateCodec} gives it bytes.
 *
 * @param series which series
 * @param lastPaneEnd end of the last pane scored
 * @param window panes of the rolling window, oldest first, degenerate ones left out
 * @param learning how far the baseline is; empty before the first usable pane
 * @param silent whether the series has fallen silent since
 */
public record SeriesState(
    Series series,
    long lastPaneEnd,
    List<PaneMoments> window,
    Optional<Learning> learning,
    boolean silent) {

  /** Copies the window. */
  public SeriesState {
    window = List.copyOf(window);
  }

  /** The same series with another baseline, or none. */
  SeriesState with(Optional<Learning> other) {
    return new SeriesState(series, lastPaneEnd, window, other, silent);
  }

  /**
   * What a pane leaves behind.
   *
   * @param start start of the pane
   * @param pairs its pairs
   * @param moments its CKA sums
   */
  public record PaneMoments(long start, int pairs, MiniBatchMoments moments) {}
}
