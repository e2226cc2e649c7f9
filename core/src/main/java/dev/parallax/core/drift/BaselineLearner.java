package dev.parallax.core.drift;

import dev.parallax.core.drift.Learning.HoldOutPane;
import dev.parallax.core.drift.Learning.Recent;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.spectrum.PrincipalComponents;
import dev.parallax.core.translation.ExpectedResidual;
import dev.parallax.core.translation.ExpectedResidualSums;
import dev.parallax.core.translation.RowResiduals;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.Translation;
import dev.parallax.core.translation.TranslationKernel;
import dev.parallax.core.translation.TranslationSums;
import dev.parallax.core.window.PairedPane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Learns the baseline of a series from its first panes. */
final class BaselineLearner {

  /**
   * Rows that strata, spectral basis and traffic are fitted on; more would not move 16 centroids
   * noticeably.
   */
  private static final int SPACE_ROWS = 1024;

  /**
   * Rows that a translation is fitted on, over all panes, and as many again the model of its
   * residual: ten times the width of the widest common encoders. More would hardly move them, and
   * fitting would cost more than all else that is done with a pane.
   */
  private static final int FIT_ROWS = 16_384;

  private final TrackerSettings settings;
  private final TranslationKernel kernel;
  private final PaneReader reader;

  BaselineLearner(TrackerSettings settings, TranslationKernel kernel, PaneReader reader) {
    this.settings = settings;
    this.kernel = kernel;
    this.reader = reader;
  }

  /**
   * One more pane to learn from, with enough pairs, finite and varying on both sides. A pane of
   * other widths starts again from nothing.
   *
   * @param before what was learnt so far; not armed
   */
  Learning learn(Optional<Learning> before, PairedPane pane, MiniBatchMoments moments) {
    if (before.orElse(null) instanceof Learning.HoldOut holdOut) {
      return widthsAgree(holdOut.space().translation(), pane)
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
    int fitted = Math.min(pane.pairs(), share(FIT_ROWS, settings.fitPanes()));
    kernel.addTo(sums, Arrays.copyOf(pane.live(), fitted), Arrays.copyOf(pane.reference(), fitted));
    int kept = Math.min(pane.pairs(), share(SPACE_ROWS, settings.fitPanes()));
    List<float[]> live = new ArrayList<>(before.liveRows());
    live.addAll(Arrays.asList(pane.live()).subList(0, kept));
    List<float[]> reference = new ArrayList<>(before.referenceRows());
    reference.addAll(Arrays.asList(pane.reference()).subList(0, kept));
    Learning.Fitting fitting =
        new Learning.Fitting(
            sums, live, reference, before.panes() + 1, before.moments().merge(moments));
    return fitting.panes() < settings.fitPanes() ? fitting : holdOut(fitting);
  }

  /** Rows are in hash order, so the first ones of a pane are as good a sample as any. */
  private static int share(int rows, int panes) {
    return (rows + panes - 1) / panes;
  }

  private Learning.HoldOut holdOut(Learning.Fitting fitted) {
    float[][] reference = fitted.referenceRows().toArray(float[][]::new);
    Strata strata = Strata.fit(reference, settings.strata(), settings.seed());
    BaselineSpace space =
        new BaselineSpace(
            fitted.sums().fit(settings.ridge()),
            fitted.sums().leverage(settings.ridge()),
            strata,
            SpectralBasis.of(
                PrincipalComponents.of(RowMatrix.of(fitted.liveRows().toArray(float[][]::new)))),
            TrafficMap.fit(reference, settings.seed()));
    return new Learning.HoldOut(
        space,
        List.of(),
        new StratumResiduals(strata.count()),
        new ExpectedResidualSums(fitted.sums().referenceWidth(), strata.count()),
        0,
        fitted.panes(),
        fitted.moments());
  }

  private Learning measure(Learning.HoldOut before, PairedPane pane, MiniBatchMoments moments) {
    BaselineSpace space = before.space();
    PaneReading reading = reader.read(space, pane, moments);
    List<HoldOutPane> panes = new ArrayList<>(before.readings());
    panes.add(new HoldOutPane(pane.start(), reading.readings(), reading.features()));
    StratumResiduals residuals = before.residuals().copy();
    residuals.add(reading.rows().byStratum(space.strata().count()));
    int fitted = Math.min(pane.pairs(), share(FIT_ROWS, settings.holdOutPanes()));
    RowResiduals leverage =
        space.leverage().of(kernel, space.strata(), Arrays.copyOf(pane.reference(), fitted));
    Learning.HoldOut holdOut =
        new Learning.HoldOut(
            space,
            panes,
            residuals,
            before
                .expected()
                .plus(
                    fitted,
                    pane.reference(),
                    reading.rows(),
                    leverage,
                    space.translation().referenceMean()),
            before.shuffled() + shuffledResidual(space, pane),
            before.fitPanes(),
            before.moments().merge(moments));
    return panes.size() < settings.holdOutPanes() ? holdOut : collected(holdOut);
  }

  /** Each live vector under the reference vector of the next input. */
  private double shuffledResidual(BaselineSpace space, PairedPane pane) {
    float[][] others = new float[pane.pairs()][];
    for (int i = 0; i < others.length; i++) {
      others[i] = pane.reference()[(i + 1) % others.length];
    }
    return kernel.rows(space.translation(), space.strata(), pane.live(), others).mean();
  }

  private Learning.Collected collected(Learning.HoldOut learnt) {
    ExpectedResidual expected = learnt.expected().fit();
    double leverage =
        learnt.readings().stream()
                .mapToDouble(pane -> pane.readings().get(Reading.NOVELTY).orElseThrow())
                .sum()
            / learnt.readings().size();
    List<Recent> dated = new ArrayList<>();
    for (HoldOutPane pane : learnt.readings()) {
      dated.add(
          new Recent(
              pane.start(),
              Baseline.adjusted(pane.readings(), pane.features(), expected, leverage)));
    }
    List<Readings> panes = dated.stream().map(Recent::readings).toList();
    Baseline baseline =
        new Baseline(
            id(learnt, panes),
            learnt.space(),
            expected,
            learnt.residuals(),
            learnt.shuffled() / panes.size(),
            leverage,
            ranges(panes),
            dated,
            learnt.moments(),
            learnt.panes());
    DetectorPlan plan = DetectorPlan.of(panes, settings);
    return new Learning.Collected(
        new Learning.Armed(baseline, plan, Detectors.start(plan), List.of(), Optional.empty()));
  }

  private static Map<Reading, HealthyRange> ranges(List<Readings> panes) {
    Map<Reading, HealthyRange> ranges = new EnumMap<>(Reading.class);
    for (Reading reading : Reading.values()) {
      List<Double> values = new ArrayList<>();
      panes.forEach(pane -> pane.get(reading).ifPresent(values::add));
      if (values.size() >= 2) {
        ranges.put(reading, HealthyRange.of(values));
      }
    }
    return ranges;
  }

  /** Twelve hexadecimal digits of a digest over all that was learnt. */
  private static String id(Learning.HoldOut learnt, List<Readings> panes) {
    Translation translation = learnt.space().translation();
    Digests digest =
        new Digests()
            .add(translation.liveMean())
            .add(translation.referenceMean())
            .add(translation.map());
    for (float[] centroid : learnt.space().strata().centroids()) {
      digest.add(centroid);
    }
    return digest
        .add(panes.stream().mapToDouble(p -> p.get(Reading.RESIDUAL).orElseThrow()).toArray())
        .hex()
        .substring(0, 12);
  }
}
