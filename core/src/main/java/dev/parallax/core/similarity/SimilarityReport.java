package dev.parallax.core.similarity;

import dev.parallax.core.matrix.RowMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Every statistic of two matrices that can be stated, and for each that cannot, why.
 *
 * <p>Without a figure on either matrix nothing is stated: fewer than {@link DebiasedHsic#MIN_PAIRS}
 * pairs, an entry that is not finite, or a constant matrix.
 *
 * @param pairs number of rows of each matrix
 * @param widthProduction columns of the production matrix
 * @param widthReference columns of the reference matrix
 * @param cka linear CKA; empty when none of its figures can be stated
 * @param reasons one entry per figure that is absent, in the order of the report
 */
public record SimilarityReport(
    int pairs, int widthProduction, int widthReference, Optional<Cka> cka, List<Absent> reasons) {

  /** Pairs from which the mini-batch estimate is stated: enough batches for its interval. */
  public static final int MIN_PAIRS_MINI_BATCH =
      MiniBatchMoments.MIN_BATCHES_FOR_INTERVAL * MiniBatchCka.DEFAULT_BATCH;

  public SimilarityReport {
    reasons = List.copyOf(reasons);
  }

  /**
   * Linear CKA of both matrices.
   *
   * @param biased see {@link LinearCka}
   * @param debiased see {@link LinearCka}
   * @param minibatch debiased, from batches of {@link MiniBatchCka#DEFAULT_BATCH} rows in order
   * @param low lower end of the 95% interval of {@code minibatch}
   * @param high upper end
   */
  public record Cka(
      OptionalDouble biased,
      OptionalDouble debiased,
      OptionalDouble minibatch,
      OptionalDouble low,
      OptionalDouble high) {}

  /**
   * A figure that is not there.
   *
   * @param key its path in the report, such as {@code cka.minibatch}
   * @param reason one line for a person
   */
  public record Absent(String key, String reason) {}

  /**
   * Compares two matrices whose rows are paired, after any normalisation.
   *
   * @throws IllegalArgumentException when the row counts differ
   */
  public static SimilarityReport of(RowMatrix production, RowMatrix reference) {
    if (production.count() != reference.count()) {
      throw new IllegalArgumentException(
          "expected matrices with the same number of rows, got "
              + production.count()
              + " (production) and "
              + reference.count()
              + " (reference)");
    }
    List<Absent> reasons = new ArrayList<>();
    Optional<Cka> cka = cka(production, reference, reasons);
    return new SimilarityReport(
        production.count(), production.width(), reference.width(), cka, reasons);
  }

  private static Optional<Cka> cka(
      RowMatrix production, RowMatrix reference, List<Absent> reasons) {
    int pairs = production.count();
    if (pairs < DebiasedHsic.MIN_PAIRS) {
      reasons.add(
          new Absent("cka", "expected " + DebiasedHsic.MIN_PAIRS + " or more pairs, got " + pairs));
      return Optional.empty();
    }
    LinearCka whole = LinearCka.of(production, reference);
    if (whole.biased() instanceof Statistic.Undefined undefined) {
      reasons.add(new Absent("cka", undefined.detail()));
      return Optional.empty();
    }
    if (whole.debiased() instanceof Statistic.Undefined undefined) {
      reasons.add(new Absent("cka.debiased", undefined.detail()));
    }
    OptionalDouble minibatch = OptionalDouble.empty();
    OptionalDouble low = OptionalDouble.empty();
    OptionalDouble high = OptionalDouble.empty();
    if (pairs < MIN_PAIRS_MINI_BATCH) {
      miniBatchAbsent(reasons, "expected " + MIN_PAIRS_MINI_BATCH + " or more pairs, got " + pairs);
    } else if (MiniBatchCka.of(production, reference, MiniBatchCka.DEFAULT_BATCH)
        instanceof Estimate.Stated stated) {
      minibatch = OptionalDouble.of(stated.cka());
      low = stated.low();
      high = stated.high();
    } else {
      miniBatchAbsent(reasons, "a matrix has no debiased variance inside batches");
    }
    return Optional.of(
        new Cka(whole.biased().asOptional(), whole.debiased().asOptional(), minibatch, low, high));
  }

  private static void miniBatchAbsent(List<Absent> reasons, String reason) {
    for (String key : List.of("cka.minibatch", "cka.low", "cka.high")) {
      reasons.add(new Absent(key, reason));
    }
  }

  /** Whether the report holds any figure at all. */
  public boolean stated() {
    return cka.isPresent();
  }
}
