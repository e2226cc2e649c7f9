package dev.parallax.core.similarity;

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
   * @param rows finite rows
   * @param batch {@link DebiasedHsic#MIN_PAIRS} or more
   * @throws IllegalArgumentException when the batch is too small
   */
  public static Estimate of(PairedRows rows, int batch) {
    return moments(
            new PairedRows(rows.production().unitScaled(), rows.reference().unitScaled()), batch)
        .estimate();
  }

  /**
   * What the batches leave behind, to be merged with those of later rows. Entries beyond about
   * 1e±70 overflow or underflow here, which {@link #of} prevents by scaling the rows.
   *
   * @param rows finite rows
   * @param batch {@link DebiasedHsic#MIN_PAIRS} or more
   * @throws IllegalArgumentException when the batch is too small
   */
  public static MiniBatchMoments moments(PairedRows rows, int batch) {
    if (batch < DebiasedHsic.MIN_PAIRS) {
      throw new IllegalArgumentException(
          "expected batches of " + DebiasedHsic.MIN_PAIRS + " or more pairs, got " + batch);
    }
    MiniBatchMoments moments = MiniBatchMoments.none();
    for (int from = 0; from + batch <= rows.count(); from += batch) {
      moments =
          moments.plus(DebiasedHsic.of(rows.production(), rows.reference(), from, from + batch));
    }
    return moments;
  }
}
