package dev.parallax.core.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The decision table: what a series is called once its evidence pages. The first cause whose
 * condition the symptoms meet is the verdict; the last one meets all.
 *
 * <p>The reasoning behind the order: a collapse explains every other symptom. Norms that moved
 * alone are a change of scale. Mixed-up pairs leave the live vectors as they are, so nothing but
 * the link to the reference may have moved, by the same share whichever way it is measured. A
 * rotation leaves everything that does not depend on coordinates as it was, yet breaks the
 * translation altogether; small changes are not called so, because a small rotation cannot be told
 * from other small changes.
 *
 * @param verdict what is said
 * @param reasons the figures that led to it, in words
 */
record Diagnosis(Verdict verdict, List<String> reasons) {

  private static final double COLLAPSED_DIMENSIONS = 1.0 / 3;
  private static final double BROKEN_RESIDUAL = 1.5;
  private static final double BROKEN_OFFSET = 0.5;
  private static final double LEAST_MIS_JOIN = 0.005;
  private static final double FEW_MIS_JOINS = 0.3;
  private static final double MEDIAN_OF_FEW = 0.5;
  private static final double STEADY_OFFSET = 0.03;
  private static final double STEADY_DIMENSIONS = 0.15;

  Diagnosis {
    reasons = List.copyOf(reasons);
  }

  /** The causes in the order in which they are tried. */
  enum Cause {
    /** The live vectors span far fewer dimensions than before. */
    COLLAPSE(Verdict.COLLAPSED, s -> s.ratio(Reading.DIMENSIONS) < COLLAPSED_DIMENSIONS),
    /** Directions hold, lengths do not: normalisation was lost, or came. */
    SCALE(
        Verdict.ROTATED,
        s -> s.moved(Reading.LOG_NORM) && !s.moved(Reading.RESIDUAL) && isSteady(s)),
    /** Some answers belong to other inputs. */
    MIS_JOIN(Verdict.PAIRING_FAULT, Diagnosis::isMisJoin),
    /** The space was turned: similarity holds, coordinates do not. */
    ROTATION(Verdict.ROTATED, Diagnosis::isRotation),
    /** The model answers something else. */
    CHANGE(Verdict.DIVERGED, s -> true);

    private final Verdict verdict;
    private final Predicate<Symptoms> condition;

    Cause(Verdict verdict, Predicate<Symptoms> condition) {
      this.verdict = verdict;
      this.condition = condition;
    }

    /** What a series with this cause is called. */
    Verdict verdict() {
      return verdict;
    }
  }

  /** The diagnosis of a series whose evidence pages. */
  static Diagnosis of(Symptoms symptoms) {
    Cause cause = causeOf(symptoms);
    return new Diagnosis(cause.verdict, reasons(cause, symptoms));
  }

  private static Cause causeOf(Symptoms symptoms) {
    for (Cause cause : Cause.values()) {
      if (cause.condition.test(symptoms)) {
        return cause;
      }
    }
    throw new IllegalStateException("the last cause meets all symptoms");
  }

  private static boolean isSteady(Symptoms s) {
    return s.offsetRatio() < STEADY_OFFSET;
  }

  private static boolean isMisJoin(Symptoms s) {
    double share = s.misJoinedByResidual();
    return share >= LEAST_MIS_JOIN
        && isSteady(s)
        && !s.moved(Reading.LIVE_LENGTH)
        && Math.abs(s.ratio(Reading.DIMENSIONS) - 1) < STEADY_DIMENSIONS
        && Math.abs(share - s.misJoinedByCka()) <= 0.01 + 0.2 * share
        && (share >= FEW_MIS_JOINS || s.medianShare() < MEDIAN_OF_FEW);
  }

  private static boolean isRotation(Symptoms s) {
    boolean broken = s.residualRatio() >= BROKEN_RESIDUAL || s.offsetRatio() >= BROKEN_OFFSET;
    return broken
        && !s.moved(Reading.CKA)
        && !s.moved(Reading.MUTUAL_KNN)
        && !s.moved(Reading.MEAN_LENGTH);
  }

  private static List<String> reasons(Cause cause, Symptoms s) {
    List<String> reasons = new ArrayList<>();
    reasons.add(
        String.format(
            Locale.ROOT,
            "translation residual %.3f of its baseline, systematic part %.3f, over %d panes",
            s.residualRatio(),
            s.offsetRatio(),
            s.panes()));
    switch (cause) {
      case COLLAPSE -> reasons.add(s.compared("participation ratio", Reading.DIMENSIONS));
      case SCALE ->
          reasons.add(
              String.format(
                  Locale.ROOT,
                  "vectors are %.3g times as long before normalising",
                  s.normFactor()));
      case MIS_JOIN ->
          reasons.add(
              String.format(
                  Locale.ROOT,
                  "%.1f%% of the answers belong to other inputs by the residual, %.1f%% by CKA",
                  100 * s.misJoinedByResidual(),
                  100 * s.misJoinedByCka()));
      case ROTATION, CHANGE -> {
        reasons.add(s.compared("CKA", Reading.CKA));
        reasons.add(s.compared("neighbourhood overlap", Reading.MUTUAL_KNN));
        reasons.add(s.compared("common direction", Reading.MEAN_LENGTH));
      }
    }
    if (s.trafficMoved()) {
      reasons.add(s.compared("traffic", Reading.TRAFFIC) + ", which does not explain it");
    }
    return reasons;
  }
}
