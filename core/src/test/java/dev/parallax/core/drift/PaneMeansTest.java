package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.translation.PlainTranslationKernel;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.Translation;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaneMeansTest {

  private static final int P = 6;
  private static final int Q = 4;
  private static final int ROWS = 12;
  private static final int PANES = 20_000;
  private static final double NOISE = 0.3;

  private static final Translation TRANSLATION =
      new Translation(floats(P, 1), floats(Q, 2), floats(Q * P, 3), 0.01);

  private static float[] floats(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (0.5 * random.nextGaussian());
    }
    return values;
  }

  private static float[][] references(Random random) {
    float[][] rows = new float[ROWS][Q];
    for (float[] row : rows) {
      for (int j = 0; j < Q; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  /** What the translation makes of the references, plus noise and {@code shift} along one axis. */
  private static float[][] answers(float[][] references, double shift, Random random) {
    float[][] live = new float[ROWS][P];
    for (int row = 0; row < ROWS; row++) {
      for (int j = 0; j < P; j++) {
        double value = TRANSLATION.liveMean()[j] + NOISE * random.nextGaussian();
        for (int i = 0; i < Q; i++) {
          value +=
              (references[row][i] - TRANSLATION.referenceMean()[i]) * TRANSLATION.map()[i * P + j];
        }
        live[row][j] = (float) (j == 2 ? value + shift : value);
      }
    }
    return live;
  }

  private static double meanResidual(float[][] live, float[][] reference) {
    return new PlainTranslationKernel()
        .rows(TRANSLATION, Strata.of(new float[1][Q]), live, reference)
        .mean();
  }

  private static double meanOffset(double shift, long seed) {
    Random random = new Random(seed);
    double sum = 0;
    for (int pane = 0; pane < PANES; pane++) {
      float[][] reference = references(random);
      float[][] live = answers(reference, shift, random);
      sum +=
          PaneMeans.of(TRANSLATION, live, reference).offset(meanResidual(live, reference)) / PANES;
    }
    return sum;
  }

  /** Of unit vectors about a common direction. */
  private static float[][] units(Random random) {
    float[][] rows = new float[ROWS][P];
    for (float[] row : rows) {
      double[] wide = new double[P];
      double squares = 0;
      for (int j = 0; j < P; j++) {
        wide[j] = (j == 0 ? 1.5 : 0) + random.nextGaussian();
        squares += wide[j] * wide[j];
      }
      for (int j = 0; j < P; j++) {
        row[j] = (float) (wide[j] / Math.sqrt(squares));
      }
    }
    return rows;
  }

  @Test
  void theOffsetOfAModelThatIsTheBaselinesIsZeroOnAverage() {
    // The naive ‖d̄‖² would be P·0.09/12 = 0.045 on average; ours has a standard error of 0.0001.
    assertThat(meanOffset(0, 4)).isCloseTo(0, within(0.0005));
  }

  @Test
  void theOffsetOfAModelThatMovedIsTheSquaredMoveOnAverage() {
    assertThat(meanOffset(0.5, 5)).isCloseTo(0.25, within(0.003));
  }

  @Test
  void theOffsetIsTheMeanInnerProductOfTheMissesOfTwoDifferentInputs() {
    Random random = new Random(6);
    float[][] reference = references(random);
    float[][] live = answers(reference, 0.2, random);
    double[][] misses = new double[ROWS][P];
    for (int row = 0; row < ROWS; row++) {
      PaneMeans one =
          PaneMeans.of(TRANSLATION, new float[][] {live[row]}, new float[][] {reference[row]});
      for (int j = 0; j < P; j++) {
        misses[row][j] = one.live()[j] - one.translated()[j];
      }
    }

    assertThat(PaneMeans.of(TRANSLATION, live, reference).offset(meanResidual(live, reference)))
        .isCloseTo(meanProductOfDifferent(misses), within(1e-12));
  }

  @Test
  void theLengthIsTheMeanInnerProductOfTwoDifferentRows() {
    float[][] live = units(new Random(7));
    double[][] rows = new double[ROWS][P];
    for (int row = 0; row < ROWS; row++) {
      for (int j = 0; j < P; j++) {
        rows[row][j] = live[row][j];
      }
    }

    assertThat(PaneMeans.of(TRANSLATION, live, references(new Random(8))).length())
        .isCloseTo(meanProductOfDifferent(rows), within(1e-6));
  }

  @Test
  void theLengthDoesNotDependOnTheSizeOfThePane() {
    Random random = new Random(9);
    float[][] reference = references(random);
    double ofTwo = 0;
    double ofAll = 0;
    for (int pane = 0; pane < PANES; pane++) {
      float[][] live = units(random);
      ofAll += PaneMeans.of(TRANSLATION, live, reference).length() / PANES;
      ofTwo +=
          PaneMeans.of(TRANSLATION, new float[][] {live[0], live[1]}, reference).length() / PANES;
    }

    // The standard error of the mean over panes of two is 0.003.
    assertThat(ofTwo).isCloseTo(ofAll, within(0.012));
    assertThat(ofAll).isGreaterThan(0.2);
  }

  private static double meanProductOfDifferent(double[][] rows) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < rows.length; k++) {
        for (int j = 0; j < P && i != k; j++) {
          sum += rows[i][j] * rows[k][j];
        }
      }
    }
    return sum / (rows.length * (rows.length - 1));
  }
}
