package dev.parallax.core.drift;

import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.Translation;
import dev.parallax.core.translation.TranslationSums;
import java.util.List;

/** How far a series is with its baseline. Values are replaced, not changed. */
sealed interface Learning {

  /** CKA sums of the panes learnt from. */
  MiniBatchMoments moments();

  /** Number of panes learnt from. */
  int panes();

  /**
   * Collecting what the translation and the strata are fitted on.
   *
   * @param sums sums of the translation's fit
   * @param referenceRows rows for the strata, a share of every pane; not copied
   * @param panes number of panes
   * @param moments CKA sums
   */
  record Fitting(
      TranslationSums sums, List<float[]> referenceRows, int panes, MiniBatchMoments moments)
      implements Learning {}

  /**
   * Measuring the healthy residual on panes that the fit has not seen.
   *
   * @param translation the fitted map
   * @param strata the fitted strata
   * @param residuals of each hold-out pane so far
   * @param fitPanes number of panes that were fitted on
   * @param moments CKA sums of all panes so far
   */
  record HoldOut(
      Translation translation,
      Strata strata,
      List<StratumResiduals> residuals,
      int fitPanes,
      MiniBatchMoments moments)
      implements Learning {

    /** Copies the list. */
    public HoldOut {
      residuals = List.copyOf(residuals);
    }

    @Override
    public int panes() {
      return fitPanes + residuals.size();
    }
  }

  /** Testing every pane against the baseline. */
  record Armed(Baseline baseline, EDetector detector) implements Learning {
    @Override
    public MiniBatchMoments moments() {
      return baseline.moments();
    }

    @Override
    public int panes() {
      return baseline.panes();
    }
  }
}
