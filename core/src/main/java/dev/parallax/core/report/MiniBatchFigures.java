package dev.parallax.core.report;

import static dev.parallax.core.report.SimilarityFigure.CKA_HIGH;
import static dev.parallax.core.report.SimilarityFigure.CKA_LOW;
import static dev.parallax.core.report.SimilarityFigure.CKA_MINIBATCH;

import dev.parallax.core.similarity.Estimate;
import dev.parallax.core.similarity.MiniBatchCka;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.similarity.Statistic;
import java.util.List;

/** The mini-batch estimate in a report: with its interval or not at all. */
final class MiniBatchFigures {

  /** Pairs from which the estimate is stated: enough batches for its interval. */
  static final int MIN_PAIRS =
      MiniBatchMoments.MIN_BATCHES_FOR_INTERVAL * MiniBatchCka.DEFAULT_BATCH;

  private MiniBatchFigures() {}

  static void put(Findings findings, Estimate estimate) {
    if (estimate instanceof Estimate.Stated stated && stated.low().isPresent()) {
      findings.put(CKA_MINIBATCH, new Statistic.Stated(stated.cka()));
      findings.put(CKA_LOW, new Statistic.Stated(stated.low().getAsDouble()));
      findings.put(CKA_HIGH, new Statistic.Stated(stated.high().orElseThrow()));
    } else {
      putAbsent(
          findings,
          new Statistic.Undefined(
              Statistic.Cause.DEGENERATE, "a matrix has no debiased variance inside batches"));
    }
  }

  static void putAbsent(Findings findings, Statistic reason) {
    List.of(CKA_MINIBATCH, CKA_LOW, CKA_HIGH).forEach(figure -> findings.put(figure, reason));
  }
}
