package dev.parallax.core.alignment;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.OrthogonalFit;
import dev.parallax.core.matrix.Products;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SingularValues;
import dev.parallax.core.similarity.MatrixChecks;
import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/**
 * How far a space has turned between two sets of vectors of the same inputs, such as probes on the
 * baseline and now, and what a turn does not explain. Immutable.
 *
 * <p>R is the orthogonal map that takes the centred earlier rows closest to the centred later ones.
 * Fewer rows than dimensions leave it open in some directions; there it turns as little as it can,
 * so {@link #turn()} is the least turn that explains the rows. CKA and Procrustes similarity ignore
 * a rotation; a store of earlier vectors suffers from it. Cost O(n d² + d³).
 */
public final class Rotation {

  private static final int MIN_PAIRS = 2;

  private final Statistic turn;
  private final Statistic turnInSpan;
  private final Statistic residual;

  private Rotation(Statistic turn, Statistic turnInSpan, Statistic residual) {
    this.turn = turn;
    this.turnInSpan = turnInSpan;
    this.residual = residual;
  }

  /**
   * From earlier to later vectors; undefined when the widths differ, there are fewer than two rows,
   * entries are not finite, or a set is constant.
   *
   * @param earlier n rows of width d
   * @param later n rows, row i of the same input as row i of {@code earlier}
   * @throws IllegalArgumentException when the row counts differ
   */
  public static Rotation between(RowMatrix earlier, RowMatrix later) {
    if (earlier.count() != later.count()) {
      throw new IllegalArgumentException(
          "expected as many later as earlier rows, got "
              + later.count()
              + " and "
              + earlier.count());
    }
    Optional<Statistic> none =
        MatrixChecks.undefinedBelow(MIN_PAIRS, "earlier", earlier)
            .or(() -> MatrixChecks.undefinedBelow(MIN_PAIRS, "later", later))
            .or(() -> widthsDiffer(earlier.width(), later.width()));
    if (none.isPresent()) {
      return new Rotation(none.get(), none.get(), none.get());
    }
    CentredRows from = CentredRows.of(earlier);
    CentredRows to = CentredRows.of(later);
    int d = earlier.width();
    double[][] cross = new double[d][d];
    Products.transposed(from.rows(), to.rows(), 0, d, 0, cross);
    SingularValues svd = SingularValues.of(cross);
    int rank = rank(svd, Math.max(from.count(), d));
    double spanTrace = spanTrace(svd, rank);
    return new Rotation(
        Statistic.of(1 - (spanTrace + openTrace(svd, rank)) / d),
        rank == 0 ? unrelated() : Statistic.of(1 - spanTrace / rank),
        Statistic.of(residual(from, to)));
  }

  private static Optional<Statistic> widthsDiffer(int earlier, int later) {
    return earlier == later
        ? Optional.empty()
        : Optional.of(
            new Statistic.Undefined(
                Statistic.Cause.WIDTHS_DIFFER,
                "expected equal widths, got " + earlier + " and " + later));
  }

  private static Statistic unrelated() {
    return new Statistic.Undefined(
        Statistic.Cause.TOO_FEW_DIRECTIONS,
        "no direction of the later rows goes with one of the earlier rows");
  }

  /** How many singular values are above rounding. */
  private static int rank(SingularValues svd, int size) {
    double[] values = svd.values();
    double rounding = size * Math.ulp(values[0]);
    int rank = 0;
    while (rank < values.length && values[rank] > rounding) {
      rank++;
    }
    return rank;
  }

  /**
   * The part of {@code tr R} that the rows decide: with {@code AᵀB = U S Vᵀ} for earlier rows A and
   * later rows B, R is {@code U Vᵀ} where S is above rounding.
   */
  private static double spanTrace(SingularValues svd, int rank) {
    double trace = 0;
    for (int k = 0; k < rank; k++) {
      trace += dot(svd.left(k), svd.right(k));
    }
    return trace;
  }

  /** The most that the rest, U₀ and V₀, can add: the nuclear norm of {@code V₀ᵀU₀}. */
  private static double openTrace(SingularValues svd, int rank) {
    int d = svd.count();
    if (rank == d) {
      return 0;
    }
    double[][] open = new double[d - rank][d - rank];
    for (int i = rank; i < d; i++) {
      for (int j = rank; j < d; j++) {
        open[i - rank][j - rank] = dot(svd.right(i), svd.left(j));
      }
    }
    double trace = 0;
    for (double value : SingularValues.valuesOf(open)) {
      trace += value;
    }
    return trace;
  }

  private static double residual(CentredRows from, CentredRows to) {
    double total = 0;
    for (double norm : to.squaredNorms()) {
      total += norm;
    }
    double[][] scaled = new double[from.count()][from.width()];
    for (int i = 0; i < scaled.length; i++) {
      for (int j = 0; j < from.width(); j++) {
        scaled[i][j] = Math.scalb(from.rows()[i][j], from.exponent() - to.exponent());
      }
    }
    return OrthogonalFit.of(to.rows(), scaled).squaredDistance() / total;
  }

  /**
   * {@code ‖R − I‖² / (2d)} in the Frobenius norm, which is {@code 1 − tr R / d}: 0 for no turn,
   * about 1 for a random rotation, 2 for a reflection of every direction.
   */
  public Statistic turn() {
    return turn;
  }

  /**
   * {@link #turn()} of the directions alone that the rows decide: {@code ‖Uᵀ(R − I)‖² / (2r)} for
   * an orthonormal basis U of the r directions that the earlier rows vary in and that R is decided
   * on, which is the mean of 1 − cosine between such a direction and where it went. From 0 to 2,
   * and about 1 for a random rotation however few rows there are. Undefined when no direction is
   * decided.
   */
  public Statistic turnInSpan() {
    return turnInSpan;
  }

  /**
   * {@code ‖B − AR‖² / ‖B‖²} for later rows B: what is left after the turn, over the later
   * variance. 0 for a pure turn; a change of scale by s leaves {@code (1 − 1/s)²}.
   */
  public Statistic residual() {
    return residual;
  }
}
