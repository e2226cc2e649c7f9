package dev.parallax.core.similarity;

import dev.parallax.core.matrix.RowMatrix;

/**
 * Mini-batch debiased CKA of two whole matrices: the rows, in the order given, cut into batches.
 *
 * <p>Rows after the last whole batch are left out. The order matters as a shuffle does: rows that
 * are sorted by topic make batches that see less of the geometry than a random order would.
 *
 * @see MiniBatchMoments
 */
public final class MiniBatchCka {

  /** Rows of a batch unless stated otherwise. */
  public static final int DEFAULT_BATCH = 64;

  private MiniBatchCka() {}

  /**
   * The estimate from batches of {@code batch} pairs.
   *
   * @param live finite rows
   * @param reference finite rows, row i of the same item as row i of {@code live}
   * @param batch {@link DebiasedHsic#MIN_PAIRS} or more
   * @throws IllegalArgumentException when the row counts differ or the batch is too small
   */
  public static Estimate of(RowMatrix live, RowMatrix reference, int batch) {
    if (live.count() != reference.count()) {
      throw new IllegalArgumentException(
          "expected as many live as reference rows, got "
              + live.count()
              + " and "
              + reference.count());
    }
    if (batch < DebiasedHsic.MIN_PAIRS) {
      throw new IllegalArgumentException(
          "expected batches of " + DebiasedHsic.MIN_PAIRS + " or more pairs, got " + batch);
    }
    RowMatrix x = live.unitScaled();
    RowMatrix y = reference.unitScaled();
    MiniBatchMoments moments = MiniBatchMoments.none();
    for (int from = 0; from + batch <= live.count(); from += batch) {
      moments = moments.plus(DebiasedHsic.of(x, y, from, from + batch));
    }
    return moments.estimate();
  }
}
