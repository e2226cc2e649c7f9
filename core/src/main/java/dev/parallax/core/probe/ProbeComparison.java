package dev.parallax.core.probe;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One cycle of probes against the baseline: whether the model is the one that it was, and if not
 * whether its space was turned or changed. The same vectors give the same bits in any order.
 *
 * <p>The rule, with the figures of {@link ProbeFigures}:
 *
 * <ol>
 *   <li>Another width: {@code diverged}. Fewer than {@value ProbeSet#MIN_PROBES} answers: {@code
 *       too-few}.
 *   <li>No probe, and not their mean, is beyond the tolerance of the baseline: {@code unchanged},
 *       or {@code rescaled} where the lengths are.
 *   <li>Otherwise {@code rotated} if the inner products of the probes changed by at most {@value
 *       #ROTATED_SHARE} of what a disturbance of that size does to them and by at most {@value
 *       #ROTATED_CHANGE} of their own spread, else {@code diverged}. The first bound tells a small
 *       turn from a small disturbance; the second one a great turn from another model, whose inner
 *       products may all be high and alike.
 * </ol>
 *
 * <p>A turn that is smaller than the noise of the baseline's repeats is not seen, and one of about
 * that size is called {@code diverged}, the graver name.
 *
 * @param change what became of the model
 * @param reason one line for a person, with the figures that decided
 * @param compared probes that baseline and cycle share
 * @param missing probes of the baseline that the cycle lacks
 * @param figures empty where the widths differ or there are too few probes
 */
public record ProbeComparison(
    ProbeChange change, String reason, int compared, int missing, Optional<ProbeFigures> figures) {

  /** Most of {@link ProbeFigures#gramShare} that still is a rotation. */
  public static final double ROTATED_SHARE = 0.1;

  /** Most of {@link ProbeFigures#gramChange} that still is a rotation. */
  public static final double ROTATED_CHANGE = 0.05;

  /** Compares a cycle of the baseline's own probe set. */
  public static ProbeComparison of(ProbeBaseline baseline, ProbeCycle cycle) {
    ProbeCycle before = baseline.vectors();
    int compared = before.keysShared(cycle).size();
    int missing = before.size() - compared;
    if (compared < ProbeSet.MIN_PROBES) {
      return new ProbeComparison(
          ProbeChange.TOO_FEW,
          compared + " probes answered, expected " + ProbeSet.MIN_PROBES + " or more",
          compared,
          missing,
          Optional.empty());
    }
    if (before.width() != cycle.width()) {
      return new ProbeComparison(
          ProbeChange.DIVERGED,
          "vectors of width " + cycle.width() + ", of width " + before.width() + " on the baseline",
          compared,
          missing,
          Optional.empty());
    }
    ProbeTolerance tolerance = baseline.tolerance();
    ProbeFigures figures = ProbeFigures.of(ProbeRows.of(before, cycle), tolerance);
    ProbeChange change = change(figures, tolerance);
    return new ProbeComparison(
        change, reason(change, figures, tolerance), compared, missing, Optional.of(figures));
  }

  private static ProbeChange change(ProbeFigures figures, ProbeTolerance tolerance) {
    if (figures.moved() == 0 && 1 - figures.cosineMean() <= tolerance.mean()) {
      return Math.abs(figures.normRatio() - 1) <= tolerance.scale()
          ? ProbeChange.UNCHANGED
          : ProbeChange.RESCALED;
    }
    return atMost(figures.gramShare(), ROTATED_SHARE)
            && atMost(figures.gramChange(), ROTATED_CHANGE)
        ? ProbeChange.ROTATED
        : ProbeChange.DIVERGED;
  }

  private static boolean atMost(OptionalDouble figure, double bound) {
    return figure.isPresent() && figure.getAsDouble() <= bound;
  }

  private static String reason(ProbeChange change, ProbeFigures figures, ProbeTolerance tolerance) {
    String moved =
        String.format(
            Locale.ROOT,
            "%d of %d probes moved, smallest cosine %.5f (tolerance %.5f), mean %.6f (%.6f)",
            figures.moved(),
            figures.deviations().size(),
            figures.cosineMin(),
            1 - tolerance.farthest(),
            figures.cosineMean(),
            1 - tolerance.mean());
    return switch (change) {
      case UNCHANGED -> moved;
      case RESCALED ->
          String.format(Locale.ROOT, "%s; lengths are %.4f of before", moved, figures.normRatio());
      case ROTATED -> moved + "; a rotation explains it: inner products changed" + gram(figures);
      case DIVERGED -> moved + "; no rotation explains it: inner products changed" + gram(figures);
      case TOO_FEW -> throw new IllegalArgumentException("figures of too few probes");
    };
  }

  private static String gram(ProbeFigures figures) {
    return figures.gramChange().isPresent() && figures.gramShare().isPresent()
        ? String.format(
            Locale.ROOT,
            " by %.2g of their spread, %.2g of what a disturbance that large does",
            figures.gramChange().getAsDouble(),
            figures.gramShare().getAsDouble())
        : " and had no spread before";
  }
}
