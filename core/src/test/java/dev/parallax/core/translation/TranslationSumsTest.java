package dev.parallax.core.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationSumsTest {

  private static final TranslationKernel KERNEL = new PlainTranslationKernel();

  /** A map is stored in single precision: 6e-8 relative, and entries here are below 4. */
  private static final double FLOAT = 4e-7;

  private static TranslationSums sumsOf(
      float[][] live, float[][] reference, float[] liveOrigin, float[] referenceOrigin) {
    TranslationSums sums = new TranslationSums(liveOrigin, referenceOrigin);
    KERNEL.addTo(sums, live, reference);
    return sums;
  }

  private static TranslationSums sumsOf(float[][] live, float[][] reference) {
    return sumsOf(live, reference, Rows.floats(Rows.mean(live)), Rows.floats(Rows.mean(reference)));
  }

  /** W = (RᵀR + λI)⁻¹ RᵀX of explicitly centred rows, by elimination with pivots. */
  private static double[][] normalEquations(float[][] live, float[][] reference, double ridge) {
    double[] liveMean = Rows.mean(live);
    double[] referenceMean = Rows.mean(reference);
    int q = referenceMean.length;
    int p = liveMean.length;
    double[][] system = new double[q][q + p];
    for (int row = 0; row < live.length; row++) {
      for (int i = 0; i < q; i++) {
        double r = reference[row][i] - referenceMean[i];
        for (int j = 0; j < q; j++) {
          system[i][j] += r * (reference[row][j] - referenceMean[j]);
        }
        for (int j = 0; j < p; j++) {
          system[i][q + j] += r * (live[row][j] - liveMean[j]);
        }
      }
    }
    double trace = 0;
    for (int i = 0; i < q; i++) {
      trace += system[i][i];
    }
    for (int i = 0; i < q; i++) {
      system[i][i] += ridge * trace / q;
    }
    for (int i = 0; i < q; i++) {
      int pivot = i;
      for (int k = i + 1; k < q; k++) {
        pivot = Math.abs(system[k][i]) > Math.abs(system[pivot][i]) ? k : pivot;
      }
      double[] swapped = system[i];
      system[i] = system[pivot];
      system[pivot] = swapped;
      for (int k = 0; k < q; k++) {
        double factor = k == i ? 0 : system[k][i] / system[i][i];
        for (int j = i; j < q + p; j++) {
          system[k][j] -= factor * system[i][j];
        }
      }
    }
    double[][] map = new double[q][p];
    for (int i = 0; i < q; i++) {
      for (int j = 0; j < p; j++) {
        map[i][j] = system[i][q + j] / system[i][i];
      }
    }
    return map;
  }

  @ParameterizedTest(name = "{0} rows, q {1}, p {2}, ridge {3}")
  @CsvSource({
    "30, 4, 3, 0.01",
    "30, 4, 3, 1",
    "200, 7, 12, 0.001",
    "5, 1, 1, 0.1",
    // Fewer rows than columns: only the ridge makes it solvable.
    "6, 9, 2, 0.1",
    "2, 3, 2, 0.5"
  })
  void theFitSolvesTheNormalEquationsOfCentredRows(int n, int q, int p, double ridge) {
    float[][] reference = Rows.gaussian(n, q, 1);
    float[][] live = Rows.gaussian(n, p, 2);
    double[][] expected = normalEquations(live, reference, ridge);
    float[] map = sumsOf(live, reference).fit(ridge).map();

    for (int i = 0; i < q; i++) {
      for (int j = 0; j < p; j++) {
        assertThat((double) map[i * p + j]).isCloseTo(expected[i][j], within(FLOAT));
      }
    }
  }

  @Test
  void aKnownLinearMapIsRecovered() {
    float[][] map = Rows.gaussian(6, 4, 3);
    float[][] reference = Rows.gaussian(100, 6, 4);
    float[][] live = Rows.mapped(reference, map);
    Translation fitted = sumsOf(live, reference).fit(1e-9);

    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 4; j++) {
        // Live rows were rounded to single precision: 1e-7 of entries near 10.
        assertThat(fitted.map()[i * 4 + j]).isCloseTo(map[i][j], within(2e-6f));
      }
    }
    assertThat(fitted.ridge()).isEqualTo(1e-9);
    assertThat(fitted.liveMean()).containsExactly(Rows.floats(Rows.mean(live)), within(1e-6f));
    assertThat(fitted.referenceMean())
        .containsExactly(Rows.floats(Rows.mean(reference)), within(1e-6f));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void addingRowsInAnySplitGivesTheFitOfOnePass(long seed) {
    float[][] reference = Rows.gaussian(300, 5, seed);
    float[][] live = Rows.gaussian(300, 4, -seed);
    int split = new Random(seed).nextInt(300);
    TranslationSums onePass = sumsOf(live, reference, new float[4], new float[5]);
    TranslationSums parts = new TranslationSums(new float[4], new float[5]);
    KERNEL.addTo(parts, Arrays.copyOf(live, split), Arrays.copyOf(reference, split));
    KERNEL.addTo(
        parts, Arrays.copyOfRange(live, split, 300), Arrays.copyOfRange(reference, split, 300));

    assertThat(parts.rows()).isEqualTo(300);
    assertThat(parts.fit(0.01).map()).containsExactly(onePass.fit(0.01).map(), within(1e-7f));
  }

  @ParameterizedTest(name = "origin at {0}")
  @ValueSource(floats = {0, 0.5f, -3, 100})
  void theOriginDoesNotMatterAsLongAsItIsNear(float origin) {
    float[][] reference = Rows.gaussian(200, 5, 9);
    float[][] live = Rows.gaussian(200, 4, 10);
    float[] liveOrigin = new float[4];
    float[] referenceOrigin = new float[5];
    Arrays.fill(liveOrigin, origin);
    Arrays.fill(referenceOrigin, origin);
    Translation expected = sumsOf(live, reference).fit(0.01);
    Translation found = sumsOf(live, reference, liveOrigin, referenceOrigin).fit(0.01);

    assertThat(found.map()).containsExactly(expected.map(), within(1e-7f));
    assertThat(found.liveMean()).containsExactly(expected.liveMean(), within(1e-7f));
    assertThat(found.referenceMean()).containsExactly(expected.referenceMean(), within(1e-7f));
  }

  @Test
  void shiftedRowsGiveTheSameMapFromAnOriginNearThem() {
    float[][] reference = Rows.gaussian(200, 5, 11);
    float[][] live = Rows.gaussian(200, 4, 12);
    float[] map = sumsOf(live, reference).fit(0.01).map();

    // Entries are multiples of 1/1024, so that adding 4,096 is exact.
    float[] shifted =
        sumsOf(Rows.shifted(live, 4096), Rows.shifted(reference, -4096)).fit(0.01).map();

    assertThat(shifted).containsExactly(map, within(1e-6f));
  }

  @Test
  void scaleOfTheReferenceDoesNotChangeWhatTheRidgeMeans() {
    float[][] reference = Rows.gaussian(50, 3, 13);
    float[][] live = Rows.gaussian(50, 2, 14);
    float[][] larger = new float[50][3];
    for (int i = 0; i < 50; i++) {
      for (int j = 0; j < 3; j++) {
        larger[i][j] = 8 * reference[i][j];
      }
    }
    float[] map = sumsOf(live, reference).fit(0.1).map();
    float[] ofLarger = sumsOf(live, larger).fit(0.1).map();

    for (int i = 0; i < map.length; i++) {
      assertThat(8 * ofLarger[i]).isCloseTo(map[i], within(1e-7f));
    }
  }

  @Test
  void aCopyIsNotChangedByWhatIsAddedToTheOther() {
    TranslationSums sums = sumsOf(Rows.gaussian(20, 2, 15), Rows.gaussian(20, 3, 16));
    TranslationSums copy = sums.copy();
    float[] before = copy.fit(0.1).map();
    KERNEL.addTo(sums, Rows.gaussian(20, 2, 17), Rows.gaussian(20, 3, 18));

    assertThat(copy.rows()).isEqualTo(20);
    assertThat(copy.fit(0.1).map()).containsExactly(before);
  }

  @Test
  void sumsAreRestoredFromTheirParts() {
    TranslationSums sums = sumsOf(Rows.gaussian(20, 2, 19), Rows.gaussian(20, 3, 20));

    assertThat(TranslationSums.of(sums.parts()).fit(0.1).map())
        .containsExactly(sums.fit(0.1).map());
  }

  @Test
  void aReferenceWithoutVarianceCannotBeFitted() {
    float[][] reference = new float[20][3];
    for (float[] row : reference) {
      Arrays.fill(row, 0.5f);
    }
    TranslationSums constant = sumsOf(Rows.gaussian(20, 2, 21), reference);
    TranslationSums none = new TranslationSums(new float[2], new float[3]);

    assertThatThrownBy(() -> constant.fit(0.1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the reference vectors of the baseline have no variance");
    assertThatThrownBy(() -> none.fit(0.1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sumsOfAnotherShapeAreRefusedAndAddNothing() {
    TranslationSums sums = sumsOf(Rows.gaussian(20, 2, 22), Rows.gaussian(20, 3, 23));
    float[] before = sums.fit(0.1).map();

    assertThatThrownBy(
            () -> sums.add(1, new double[2], new double[3], new double[9], new double[5]))
        .hasMessage("expected 6 elements, got 5");
    assertThat(sums.rows()).isEqualTo(20);
    assertThat(sums.fit(0.1).map()).containsExactly(before);
  }

  @Test
  void aMapOfAnotherShapeIsRefused() {
    assertThatThrownBy(() -> new Translation(new float[2], new float[3], new float[5], 0.1))
        .hasMessage("expected a map of 3 by 2, got 5 elements");
  }
}
