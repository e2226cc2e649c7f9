package dev.parallax.core.neighbour;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.similarity.PairedRows;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * The neighbour figures of two matrices that are reported together, from one search in each.
 *
 * @param mutualKnn see {@link MutualKnn}
 * @param mutualKnnAdjusted the same with its null mean at 0
 * @param cycleKnn see {@link CycleKnn}: production's neighbours of reference's neighbours
 * @param lcsKnn see {@link LcsKnn}, from 0 to k
 * @param cknna see {@link Cknna#debiasedAsReleased()}
 */
public record NeighbourFigures(
    Statistic mutualKnn,
    Statistic mutualKnnAdjusted,
    Statistic cycleKnn,
    Statistic lcsKnn,
    Statistic cknna) {

  private static final int MIN_PAIRS = 2;

  /**
   * Of paired rows after any normalisation; all undefined below two pairs and where an entry is not
   * finite. A constant matrix has them too: its neighbours are ties, which go to the lowest index.
   *
   * @param k neighbours of each row, 1 or more, capped at n − 1
   * @throws IllegalArgumentException when the row counts differ or k is less than 1
   */
  public static NeighbourFigures of(RowMatrix production, RowMatrix reference, int k) {
    PairedRows rows = new PairedRows(production, reference);
    Optional<Statistic> none = rows.notFiniteOrFewerThan(MIN_PAIRS);
    if (none.isPresent()) {
      Statistic reason = none.get();
      return new NeighbourFigures(reason, reason, reason, reason, reason);
    }
    NearestNeighbours x = NearestNeighbours.of(production, k);
    NearestNeighbours y = NearestNeighbours.of(reference, k);
    MutualKnn mutual = MutualKnn.of(x, y);
    return new NeighbourFigures(
        new Statistic.Stated(mutual.raw()),
        mutual.adjusted(),
        new Statistic.Stated(CycleKnn.of(x, y)),
        new Statistic.Stated(LcsKnn.of(x, y)),
        Cknna.of(x, y).debiasedAsReleased());
  }
}
