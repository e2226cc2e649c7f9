package dev.parallax.core.drift;

import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.Translation;
import dev.parallax.core.translation.TranslationKernel;
import dev.parallax.core.translation.TranslationSums;
import dev.parallax.core.window.PairedPane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Learns the baseline of a series from its first panes. */
final class BaselineLearner {

  /** Reference rows that the strata are fitted on; more would not move 16 centroids noticeably. */
  private static final int STRATA_ROWS = 1024;

  /**
   * Rows that a translation is fitted on, over all panes: ten times the width of the widest common
   * encoders. More would hardly move the map, and fitting would cost more than all else that is
   * done with a pane.
   */
  private static final int FIT_ROWS = 16_384;

  /** The share of hold-out panes below the clip of the detector. */
  private static final double CLIP_QUANTILE = 0.1;

  /**
   * Where evidence is held, as a natural logarithm: far beyond any threshold, far from overflow.
   */
  private static final double CEILING_LOG = StrictMath.log(1e30);

  private final TrackerSettings settings;
  private final TranslationKernel kernel;

  BaselineLearner(TrackerSettings settings, TranslationKernel kernel) {
    this.settings = settings;
    this.kernel = kernel;
  }

  /**
   * One more pane to learn from, with enough pairs, finite and varying on both sides. A pane of
   * other widths starts again from nothing.
   *
   * @param before what was learnt so far; not armed
   */
  Learning learn(Optional<Learning> before, PairedPane pane, MiniBatchMoments moments) {
    if (before.orElse(null) instanceof Learning.HoldOut holdOut) {
      return widthsAgree(holdOut.translation(), pane)
          ? measure(holdOut, pane, moments)
          : fit(start(pane), pane, moments);
    }
    Learning.Fitting fitting =
        before.orElse(null) instanceof Learning.Fitting f && widthsAgree(f.sums(), pane)
            ? f
            : start(pane);
    return fit(fitting, pane, moments);
  }

  /** How far the baseline is, in words. */
  String progress(Learning learning) {
    return "baseline: "
        + learning.panes()
        + " of "
        + (settings.fitPanes() + settings.holdOutPanes())
        + " panes";
  }

  private static boolean widthsAgree(TranslationSums sums, PairedPane pane) {
    return sums.liveWidth() == pane.live()[0].length
        && sums.referenceWidth() == pane.reference()[0].length;
  }

  private static boolean widthsAgree(Translation translation, PairedPane pane) {
    return translation.liveWidth() == pane.live()[0].length
        && translation.referenceWidth() == pane.reference()[0].length;
  }

  private static Learning.Fitting start(PairedPane pane) {
    return new Learning.Fitting(
        new TranslationSums(mean(pane.live()), mean(pane.reference())),
        List.of(),
        0,
        MiniBatchMoments.none());
  }

  private static float[] mean(float[][] rows) {
    double[] sum = new double[rows[0].length];
    for (float[] row : rows) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += row[j];
      }
    }
    float[] mean = new float[sum.length];
    for (int j = 0; j < sum.length; j++) {
      mean[j] = (float) (sum[j] / rows.length);
    }
    return mean;
  }

  private Learning fit(Learning.Fitting before, PairedPane pane, MiniBatchMoments moments) {
    TranslationSums sums = before.sums().copy();
    int fitted = Math.min(pane.pairs(), fitRowsPerPane());
    kernel.addTo(sums, Arrays.copyOf(pane.live(), fitted), Arrays.copyOf(pane.reference(), fitted));
    List<float[]> rows = new ArrayList<>(before.referenceRows());
    int share = (STRATA_ROWS + settings.fitPanes() - 1) / settings.fitPanes();
    rows.addAll(Arrays.asList(pane.reference()).subList(0, Math.min(share, pane.pairs())));
    int panes = before.panes() + 1;
    MiniBatchMoments merged = before.moments().merge(moments);
    if (panes < settings.fitPanes()) {
      return new Learning.Fitting(sums, rows, panes, merged);
    }
    return new Learning.HoldOut(
        sums.fit(settings.ridge()),
        Strata.fit(rows.toArray(float[][]::new), settings.strata(), settings.seed()),
        List.of(),
        panes,
        merged);
  }

  /** Rows are in hash order, so the first ones are as good a sample as any. */
  private int fitRowsPerPane() {
    return (FIT_ROWS + settings.fitPanes() - 1) / settings.fitPanes();
  }

  private Learning measure(Learning.HoldOut before, PairedPane pane, MiniBatchMoments moments) {
    List<StratumResiduals> panes = new ArrayList<>(before.residuals());
    panes.add(
        kernel.residuals(before.translation(), before.strata(), pane.live(), pane.reference()));
    MiniBatchMoments merged = before.moments().merge(moments);
    if (panes.size() < settings.holdOutPanes()) {
      return new Learning.HoldOut(
          before.translation(), before.strata(), panes, before.fitPanes(), merged);
    }
    return arm(before, panes, merged);
  }

  private Learning.Armed arm(
      Learning.HoldOut learnt, List<StratumResiduals> panes, MiniBatchMoments moments) {
    StratumResiduals total = new StratumResiduals(learnt.strata().count());
    panes.forEach(total::add);
    double[] means =
        panes.stream().mapToDouble(pane -> pane.stratifiedMean(total).orElseThrow()).toArray();
    double mean = Arrays.stream(means).sum() / means.length;
    double squares = 0;
    for (double value : means) {
      squares += (value - mean) * (value - mean);
    }
    double sd = Math.sqrt(squares / (means.length - 1));
    Baseline baseline =
        new Baseline(
            id(learnt, means),
            learnt.translation(),
            learnt.strata(),
            total,
            mean,
            sd,
            moments,
            learnt.fitPanes() + panes.size());
    return new Learning.Armed(baseline, EDetector.start(parameters(means, mean, sd)));
  }

  /** Twelve hexadecimal digits of a digest over all that was learnt. */
  private static String id(Learning.HoldOut learnt, double[] means) {
    Digests digest =
        new Digests()
            .add(learnt.translation().liveMean())
            .add(learnt.translation().referenceMean())
            .add(learnt.translation().map());
    for (float[] centroid : learnt.strata().centroids()) {
      digest.add(centroid);
    }
    return digest.add(means).hex().substring(0, 12);
  }

  /**
   * The mean under test lies above the measured one by the larger of the smallest rise worth a page
   * and two standard errors, so that neither a small shift of traffic nor a short baseline pages.
   */
  private EDetector.Parameters parameters(double[] means, double mean, double sd) {
    double worthwhile = Math.max(settings.margin() * mean, settings.floor());
    double uncertainty = 2 * sd / Math.sqrt(means.length);
    double[] sorted = means.clone();
    Arrays.sort(sorted);
    double clip = Math.min(mean, sorted[(int) (CLIP_QUANTILE * sorted.length)]);
    double tested = mean + Math.max(worthwhile, uncertainty);
    if (!(tested > clip)) {
      // A residual of exactly zero, as of a model tested against itself: any rise is one.
      tested = Math.nextUp(clip) + Double.MIN_NORMAL;
    }
    return new EDetector.Parameters(tested, clip, CEILING_LOG);
  }
}
