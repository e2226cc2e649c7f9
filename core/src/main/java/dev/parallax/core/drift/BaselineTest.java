package dev.parallax.core.drift;

import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.TranslationKernel;
import dev.parallax.core.window.PairedPane;
import java.util.Optional;

/** Tests one pane against an armed baseline. */
final class BaselineTest {

  private final TranslationKernel kernel;

  BaselineTest(TranslationKernel kernel) {
    this.kernel = kernel;
  }

  /**
   * What the widths of a pane's vectors alone say: nothing if they are those of the baseline.
   *
   * <p>Vectors of another width need no statistics: other live vectors come from another model, and
   * other reference vectors leave nothing to compare with.
   */
  static Optional<Mismatch> mismatch(Baseline baseline, PairedPane pane) {
    int live = pane.live()[0].length;
    if (live != baseline.translation().liveWidth()) {
      return Optional.of(
          new Mismatch(Verdict.DIVERGED, reason("live", live, baseline.translation().liveWidth())));
    }
    int reference = pane.reference()[0].length;
    if (reference != baseline.translation().referenceWidth()) {
      return Optional.of(
          new Mismatch(
              Verdict.REFERENCE_FAULT,
              reason("reference", reference, baseline.translation().referenceWidth())));
    }
    return Optional.empty();
  }

  private static String reason(String side, int found, int expected) {
    return side + " vectors are " + found + " wide, those of the baseline " + expected;
  }

  /**
   * The baseline and its detector after a pane of the baseline's widths.
   *
   * <p>States both residuals over those of the baseline, unless the latter are 0.
   */
  Learning.Armed next(Learning.Armed armed, PairedPane pane, Figures.Builder figures) {
    Baseline baseline = armed.baseline();
    StratumResiduals residuals =
        kernel.residuals(baseline.translation(), baseline.strata(), pane.live(), pane.reference());
    double raw = residuals.mean().orElseThrow();
    double stratified = residuals.stratifiedMean(baseline.residuals()).orElseThrow();
    putRatio(figures, Figure.RESIDUAL, raw, baseline.residuals().mean().orElseThrow());
    putRatio(figures, Figure.RESIDUAL_STRATIFIED, stratified, baseline.residualMean());
    return new Learning.Armed(baseline, armed.detector().next(stratified, pane.start()));
  }

  private static void putRatio(
      Figures.Builder figures, Figure figure, double value, double healthy) {
    double ratio = value / healthy;
    if (Double.isFinite(ratio)) {
      figures.put(figure, ratio);
    }
  }

  /**
   * A pane that cannot be of the baseline's model and reference.
   *
   * @param verdict what it says
   * @param reason in words
   */
  record Mismatch(Verdict verdict, String reason) {}
}
