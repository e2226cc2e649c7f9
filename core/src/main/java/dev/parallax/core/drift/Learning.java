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

  /** Collecting what the translation and the strata are fitted on. */
  record Fitting(
      TranslationSums sums, List<float[]> referenceRows, int panes, MiniBatchMoments moments)
      implements Learning {}

  /** Measuring the healthy residual on panes that the fit has not seen. */
  record HoldOut(
      Translation translation,
      Strata strata,
      List<StratumResiduals> panes,
      int fitPanes,
      MiniBatchMoments moments)
      implements Learning {

    /** Copies the panes. */
    public HoldOut {
      panes = List.copyOf(panes);
    }
  }

  /** Testing every pane against the baseline. */
  record Armed(Baseline baseline, EDetector detector) implements Learning {
    @Override
    public MiniBatchMoments moments() {
      return baseline.moments();
    }
  }
}
