package dev.parallax.core.probe;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.alignment.Rotation;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SingularValues;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The figures of one cycle of n probes against their baseline, of vectors brought to unit length: A
 * on the baseline and B now, rows of width d.
 *
 * <p><b>What can be known of a rotation.</b> The usual case is n &lt; d: 64 probes of 384
 * dimensions. An orthogonal R with {@code B = AR} exists if and only if {@code AAᵀ = BBᵀ}, so
 * whether a rotation explains the cycle is decided by the inner products of the probes, whatever n
 * is. R itself is decided only on the directions that the probes span, n − 1 of them once centred,
 * and {@link #rotation} speaks of those alone.
 *
 * <p><b>Why the residual cannot decide.</b> After the best rotation the residual is a distance of
 * the two Gram matrices (Bures), and for n &lt; d it is small for almost anything: an isotropic
 * disturbance moves only {@code (n + 1) / (2d)} of its energy against what rotations can follow, 8%
 * for 64 probes of 384 dimensions, and unrelated isotropic spaces leave about {@code n / (4d)}.
 * {@link #gramShare} and {@link #gramChange} compare inner products with what they would be then.
 *
 * @param deviations {@code 1 − cos} of every probe, in the order of the input keys
 * @param cosineMin the smallest cosine of a probe with its baseline
 * @param cosineMean mean cosine
 * @param moved probes beyond the tolerance of a single one
 * @param normRatio mean ratio of the lengths before they were brought to 1
 * @param gramChange {@code Σ(b_i·b_j − a_i·a_j)² / Σ(a_i·a_j − mean)²} over i &lt; j: the change of
 *     the inner products over their spread. 0 for any rotation; 2 for a space whose inner products
 *     have the same spread and nothing in common; empty where all inner products of the baseline
 *     are equal
 * @param gramShare {@code Σ(b_i·b_j − a_i·a_j)²} over {@code Σ 2δ²(1 − (a_i·a_j)²) / (d − 1)},
 *     which is its mean (to first order) when every probe moves on its own, in any direction, by
 *     {@code δ² = mean ‖b_i − a_i‖²}. 0 for any rotation, 1 for such an isotropic disturbance, more
 *     for damage in the few directions that matter; empty where nothing moved
 * @param rotation {@code ‖R − I‖² / (2r)} on the r directions that the probes decide, see {@link
 *     Rotation#turnInSpan}: 0 none, about 1 random, 2 a reflection of all
 * @param residual {@code ‖B − AR‖² / ‖B‖²} of the centred rows, see {@link Rotation#residual}; it
 *     reads low for few probes
 * @see <a href="https://arxiv.org/abs/2311.11436">Harvey, Larsen and Williams (2023), on the Bures
 *     and Procrustes distances being one</a>
 * @see <a href="https://doi.org/10.1007/BF02289451">Schönemann (1966)</a>
 */
public record ProbeFigures(
    List<Deviation> deviations,
    double cosineMin,
    double cosineMean,
    int moved,
    double normRatio,
    OptionalDouble gramChange,
    OptionalDouble gramShare,
    OptionalDouble rotation,
    OptionalDouble residual) {

  /** Copies the list. */
  public ProbeFigures {
    deviations = List.copyOf(deviations);
  }

  /**
   * How far one probe lies from its baseline.
   *
   * @param key its input key
   * @param deviation {@code 1 − cos}, from 0 to 2
   */
  public record Deviation(InputKey key, double deviation) {}

  /** Cost O(n²d + n³) for n &lt; d. */
  static ProbeFigures of(ProbeRows rows, ProbeTolerance tolerance) {
    double[] deviations = rows.deviations();
    double mean = ProbeTolerance.mean(deviations);
    Deviation[] byProbe = new Deviation[deviations.length];
    Arrays.setAll(byProbe, i -> new Deviation(rows.keys().get(i), deviations[i]));
    Gram gram = Gram.of(rows.earlier(), rows.later());
    Rotation rotation = rotation(rows);
    return new ProbeFigures(
        List.of(byProbe),
        1 - Arrays.stream(deviations).max().orElseThrow(),
        1 - mean,
        (int) Arrays.stream(deviations).filter(v -> v > tolerance.farthest()).count(),
        rows.normRatio(),
        ratio(gram.change(), gram.spread()),
        ratio(gram.change(), 2 * mean * gram.disturbed()),
        rotation.turnInSpan().asOptional(),
        rotation.residual().asOptional());
  }

  private static OptionalDouble ratio(double over, double under) {
    return under > 0 && Double.isFinite(over / under)
        ? OptionalDouble.of(over / under)
        : OptionalDouble.empty();
  }

  /**
   * In the coordinates of the span of both cycles where that has fewer dimensions than the space:
   * all inner products stay, and what they do not decide is left out.
   */
  private static Rotation rotation(ProbeRows rows) {
    int n = rows.earlier().length;
    int d = rows.earlier()[0].length;
    if (2 * n >= d) {
      return Rotation.between(RowMatrix.of(rows.earlier()), RowMatrix.of(rows.later()));
    }
    double[][] both = Arrays.copyOf(rows.earlier(), 2 * n);
    System.arraycopy(rows.later(), 0, both, n, n);
    SingularValues basis = SingularValues.of(both);
    return Rotation.between(in(basis, rows.earlier()), in(basis, rows.later()));
  }

  private static RowMatrix in(SingularValues basis, double[][] rows) {
    double[][] coordinates = new double[rows.length][basis.count()];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < basis.count(); k++) {
        coordinates[i][k] = dot(rows[i], basis.right(k));
      }
    }
    return RowMatrix.of(coordinates);
  }

  /**
   * Inner products of different probes.
   *
   * @param change mean square of the difference between the later and the earlier one
   * @param spread variance of the earlier ones
   * @param disturbed what {@code change} is in the mean per {@code δ²} of an isotropic disturbance
   */
  private record Gram(double change, double spread, double disturbed) {

    static Gram of(double[][] earlier, double[][] later) {
      double change = 0;
      double sum = 0;
      double squares = 0;
      double across = 0;
      int count = 0;
      double first = dot(earlier[0], earlier[1]);
      for (int i = 0; i < earlier.length; i++) {
        for (int j = 0; j < i; j++) {
          double before = dot(earlier[i], earlier[j]);
          double difference = dot(later[i], later[j]) - before;
          change += difference * difference;
          sum += before - first;
          squares += (before - first) * (before - first);
          across += 1 - before * before;
          count++;
        }
      }
      double mean = sum / count;
      int directions = Math.max(1, earlier[0].length - 1);
      return new Gram(
          change / count, squares / count - mean * mean, 2 * across / count / directions);
    }
  }
}
