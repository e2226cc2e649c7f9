package dev.parallax.onnx.graph;

import dev.parallax.core.similarity.Statistic;
import java.util.Optional;

/** Paired rows and a number of neighbours on their way into a graph; for one thread. */
final class NeighbourInput {

  private static final int MIN_PAIRS = 2;

  private final ScaledRows x = new ScaledRows();
  private final ScaledRows y = new ScaledRows();
  private int k;

  /**
   * Takes rows in.
   *
   * @param wanted neighbours of each row, 1 or more, capped at n − 1
   * @return why there is nothing to compute, if so
   * @throws IllegalArgumentException when the row counts differ, a row has another width than the
   *     first, or {@code wanted} is less than 1
   */
  Optional<Statistic.Undefined> fill(float[][] production, float[][] reference, int wanted) {
    int n = PaneShape.of(production, reference).count();
    if (wanted < 1) {
      throw new IllegalArgumentException("expected k of 1 or more, got " + wanted);
    }
    if (n < MIN_PAIRS) {
      return Optional.of(
          new Statistic.Undefined(
              Statistic.Cause.TOO_FEW_PAIRS, "expected " + MIN_PAIRS + " or more pairs, got " + n));
    }
    if (!x.fill(production)) {
      return Optional.of(notFinite("production"));
    }
    if (!y.fill(reference)) {
      return Optional.of(notFinite("reference"));
    }
    k = Math.min(wanted, n - 1);
    return Optional.empty();
  }

  private static Statistic.Undefined notFinite(String side) {
    return new Statistic.Undefined(
        Statistic.Cause.NOT_FINITE, "the " + side + " matrix has NaN or infinite entries");
  }

  int count() {
    return x.count();
  }

  /** After capping. */
  int k() {
    return k;
  }

  /** What 2 is raised to for one product of an inner product of each side. */
  int exponent() {
    return 2 * (x.exponent() + y.exponent());
  }

  /** The first matrix. */
  ScaledRows x() {
    return x;
  }

  /** The second matrix. */
  ScaledRows y() {
    return y;
  }
}
