package dev.parallax.core.similarity;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * How a statistic of paired rows stands against its values when the pairing is destroyed: rows of
 * the reference are shuffled, all else stays.
 *
 * <p>The p-value is {@code (1 + #{null ≥ observed})/(1 + permutations)}, which keeps its promise
 * for any number of permutations and is never 0 (Phipson and Smyth, 2010). The floor is the null
 * quantile that goes with it: the observed value is above the floor exactly when p ≤ level.
 *
 * @param permutations shuffles, P; at least {@code 1/level − 1}, below which no p reaches the level
 * @param level error rate, above 0 and below 1, usually 0.05
 * @param seed of the shuffles: the same seed, the same answer
 * @see <a href="https://doi.org/10.2202/1544-6115.1585">Phipson and Smyth (2010)</a>
 */
public record PermutationTest(int permutations, double level, long seed) {

  /** Throws {@link IllegalArgumentException} when no p-value could reach the level. */
  public PermutationTest {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level=" + level + ": expected above 0 and below 1");
    }
    if (permutations < 1 || 1 / (permutations + 1.0) > level) {
      throw new IllegalArgumentException(
          "permutations="
              + permutations
              + ": expected "
              + Math.max(1, (long) Math.ceil(1 / level - 1))
              + " or more for level "
              + level);
    }
  }

  /** What the permutations say. */
  public sealed interface Outcome {

    /**
     * The observed value with its null distribution.
     *
     * @param observed of the rows as they are paired
     * @param p add-one p-value of a value as large, from 1/(P + 1) to 1
     * @param nullMean mean over the permutations
     * @param floor the {@code 1 − level} quantile of the null: what an aligned pair has to exceed
     */
    record Stated(double observed, double p, double nullMean, double floor) implements Outcome {

      /** Whether the value is larger than chance explains at the level. */
      public boolean isAboveFloor() {
        return observed > floor;
      }
    }

    /**
     * The statistic is undefined, as the rows are or in some permutation.
     *
     * @param reason its own
     */
    record Undefined(Statistic.Undefined reason) implements Outcome {}
  }

  /** Calibrates a statistic for which larger means more alike. Cost P + 1 times that of it. */
  public Outcome of(PairedRows rows, BiFunction<RowMatrix, RowMatrix, Statistic> statistic) {
    Statistic observed = statistic.apply(rows.production(), rows.reference());
    if (observed instanceof Statistic.Undefined undefined) {
      return new Outcome.Undefined(undefined);
    }
    double value = observed.asOptional().orElseThrow();
    Random random = new Random(seed);
    int[] order = new int[rows.count()];
    Arrays.setAll(order, i -> i);
    double[] nulls = new double[permutations];
    double sum = 0;
    int asLarge = 0;
    for (int i = 0; i < permutations; i++) {
      shuffle(order, random);
      Statistic shuffled = statistic.apply(rows.production(), rows.reference().rows(order));
      if (shuffled instanceof Statistic.Undefined undefined) {
        return new Outcome.Undefined(undefined);
      }
      nulls[i] = shuffled.asOptional().orElseThrow();
      sum += nulls[i];
      asLarge += nulls[i] >= value ? 1 : 0;
    }
    return new Outcome.Stated(
        value, (1.0 + asLarge) / (1.0 + permutations), sum / permutations, floor(nulls));
  }

  /** Fisher and Yates. */
  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /** The largest value that so many nulls reach that p is still above the level. */
  private double floor(double[] nulls) {
    double[] sorted = nulls.clone();
    Arrays.sort(sorted);
    int reaching = 1;
    while ((1.0 + reaching) / (1.0 + permutations) <= level) {
      reaching++;
    }
    return sorted[permutations - reaching];
  }
}
