package dev.parallax.benchmarks.accuracy;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Stand-ins for encoders: unit rows that share a few directions and differ in noise. */
final class Spaces {

  private static final int SHARED = 12;
  private static final int WIDTH = 40;

  private Spaces() {}

  /** Three spaces of the same {@code count} inputs. */
  static Map<String, RowMatrix> of(int count, long seed) {
    RandomGenerator random = CoverageStudy.random(seed);
    double[][] inputs = Samples.gaussian(count, SHARED, random).toRows();
    Map<String, RowMatrix> spaces = new LinkedHashMap<>();
    for (String name : new String[] {"a", "b", "c"}) {
      double[][] rows = Samples.gaussian(count, WIDTH, random).toRows();
      double[][] mix = Samples.gaussian(SHARED, WIDTH, random).toRows();
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < SHARED; k++) {
          for (int j = 0; j < WIDTH; j++) {
            rows[i][j] += inputs[i][k] / (1 + k) * mix[k][j];
          }
        }
      }
      spaces.put(name, RowMatrix.of(rows).normalised(RowNormalisation.L2));
    }
    return spaces;
  }
}
