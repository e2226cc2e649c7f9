package dev.parallax.core.drift;

import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.ExpectedResidualSums;
import dev.parallax.core.translation.PaneFeatures;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.TranslationSums;
import java.util.List;
import java.util.Optional;

/** How far a series is with its baseline. Values are replaced, not changed. */
sealed interface Learning {

  /** CKA sums of the panes learnt from. */
  MiniBatchMoments moments();

  /** Number of panes learnt from. */
  int panes();

  /**
   * Collecting what the space of the baseline is fitted on.
   *
   * @param sums sums of the translation's fit
   * @param liveRows rows for the spectral basis, a share of every pane; not copied
   * @param referenceRows rows of the same inputs, for strata and traffic; not copied
   * @param panes number of panes
   * @param moments CKA sums
   */
  record Fitting(
      TranslationSums sums,
      List<float[]> liveRows,
      List<float[]> referenceRows,
      int panes,
      MiniBatchMoments moments)
      implements Learning {}

  /**
   * Reading panes that the fit has not seen.
   *
   * @param space the fitted space
   * @param readings of each hold-out pane so far
   * @param residuals of all of them
   * @param expected sums of the fit of the expected residual
   * @param shuffled sum over panes of the mean residual of mixed-up pairs
   * @param fitPanes number of panes that were fitted on
   * @param moments CKA sums of all panes so far
   */
  record HoldOut(
      BaselineSpace space,
      List<HoldOutPane> readings,
      StratumResiduals residuals,
      ExpectedResidualSums expected,
      double shuffled,
      int fitPanes,
      MiniBatchMoments moments)
      implements Learning {

    /** Copies the list. */
    public HoldOut {
      readings = List.copyOf(readings);
    }

    @Override
    public int panes() {
      return fitPanes + readings.size();
    }
  }

  /**
   * What a hold-out pane leaves behind until the baseline is armed.
   *
   * @param start start of the pane
   * @param readings not adjusted yet
   * @param features of its inputs
   */
  record HoldOutPane(long start, Readings readings, PaneFeatures features) {}

  /**
   * Testing every pane against the baseline.
   *
   * @param baseline what is tested against
   * @param plan what is tested
   * @param detectors what was seen so far
   * @param recent readings of the last panes, oldest first
   * @param arming since when, on whose word; empty while the baseline waits
   */
  record Armed(
      Baseline baseline,
      DetectorPlan plan,
      Detectors detectors,
      List<Recent> recent,
      Optional<Arming> arming)
      implements Learning {

    /** Copies the list. */
    public Armed {
      recent = List.copyOf(recent);
    }

    @Override
    public MiniBatchMoments moments() {
      return baseline.moments();
    }

    @Override
    public int panes() {
      return baseline.panes();
    }
  }

  /**
   * Waiting for approval. Panes are tested as if the baseline were armed, and nothing comes of it.
   *
   * @param shadow the tests, without an arming
   */
  record Collected(Armed shadow) implements Learning {

    /** Armed from event time {@code from} on, the tests from nothing. */
    Armed armed(Approval approval, long from) {
      return new Armed(
          shadow.baseline(),
          shadow.plan(),
          Detectors.start(shadow.plan()),
          List.of(),
          Optional.of(new Arming(approval, from)));
    }

    @Override
    public MiniBatchMoments moments() {
      return shadow.moments();
    }

    @Override
    public int panes() {
      return shadow.panes();
    }
  }

  /**
   * When a pane was and what was read.
   *
   * @param start start of the pane
   * @param readings adjusted
   */
  record Recent(long start, Readings readings) {}
}
