package dev.parallax.core.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrataTest {

  /** Rows around {@code centres} random points. */
  private static float[][] clustered(int n, int centres, int width, long seed) {
    float[][] around = Rows.gaussian(centres, width, -seed);
    float[][] rows = Rows.gaussian(n, width, seed);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < width; j++) {
        rows[i][j] = 0.2f * rows[i][j] + 3 * around[i % centres][j];
      }
    }
    return rows;
  }

  private static double objective(Strata strata, float[][] rows) {
    double sum = 0;
    for (float[] row : rows) {
      float[] centroid = strata.centroids()[strata.of(row)];
      for (int j = 0; j < row.length; j++) {
        sum += (row[j] - centroid[j]) * (row[j] - centroid[j]);
      }
    }
    return sum;
  }

  @Test
  void theSameRowsAndSeedGiveTheSameStrata() {
    float[][] rows = clustered(300, 7, 5, 1);
    Strata first = Strata.fit(rows, 7, 42);
    Strata second = Strata.fit(rows, 7, 42);

    assertThat(first.centroids()).isDeepEqualTo(second.centroids());
  }

  @Test
  void theDrawsAreThoseOfEveryJavaPlatform() {
    float[][] rows = new float[100][1];
    for (int i = 0; i < 100; i++) {
      rows[i][0] = i * i;
    }

    // As computed on Java 17 and 25; strata end up in scores, which must not change with the JVM.
    assertThat(Strata.fit(rows, 4, 7).centroids())
        .isDeepEqualTo(new float[][] {{2645}, {8217.167f}, {513.5f}, {5214}});
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void aFitIsTighterThanRowsDrawnAtRandom(long seed) {
    float[][] rows = clustered(400, 6, 8, seed);
    double fitted = objective(Strata.fit(rows, 6, seed), rows);
    Random random = new Random(seed);
    for (int draw = 0; draw < 20; draw++) {
      float[][] centroids = new float[6][];
      for (int s = 0; s < 6; s++) {
        centroids[s] = rows[random.nextInt(rows.length)];
      }
      assertThat(fitted).isLessThan(objective(Strata.of(centroids), rows));
    }
  }

  @Test
  void aFittedCentroidIsTheMeanOfItsRows() {
    float[][] rows = clustered(400, 6, 8, 3);
    Strata strata = Strata.fit(rows, 6, 3);
    for (int s = 0; s < strata.count(); s++) {
      int stratum = s;
      float[][] own =
          Arrays.stream(rows).filter(row -> strata.of(row) == stratum).toArray(float[][]::new);
      assertThat(strata.centroids()[s]).containsExactly(Rows.floats(Rows.mean(own)), within(1e-6f));
    }
  }

  @Test
  void fittingDoesNotChangeTheRows() {
    float[][] rows = clustered(50, 3, 4, 5);
    float[][] before = Rows.shifted(rows, 0);
    Strata.fit(rows, 3, 5);

    assertThat(rows).isDeepEqualTo(before);
  }

  @Test
  void fewerDistinctRowsThanStrataGiveAStratumEach() {
    float[][] rows = {{1, 0}, {0, 1}, {1, 0}, {0, 1}, {1, 0}, {1, 1}};
    Strata strata = Strata.fit(rows, 16, 7);

    assertThat(strata.count()).isEqualTo(3);
    assertThat(objective(strata, rows)).isZero();
  }

  @Test
  void equalRowsGiveOneStratum() {
    Strata strata = Strata.fit(new float[][] {{2, 3}, {2, 3}, {2, 3}}, 4, 7);

    assertThat(strata.centroids()).isDeepEqualTo(new float[][] {{2, 3}});
    assertThat(strata.of(new float[] {100, 100})).isZero();
  }

  @Test
  void ofEquallyNearStrataTheLowestIsTaken() {
    Strata strata = Strata.of(new float[][] {{9}, {0}, {2}, {2}});

    assertThat(strata.of(new float[] {1})).isEqualTo(1);
    assertThat(strata.of(new float[] {2})).isEqualTo(2);
    assertThat(strata.of(new float[] {5.5f})).isZero();
  }

  @Test
  void noRowsAndNoStrataAreRefused() {
    assertThatThrownBy(() -> Strata.fit(new float[0][], 4, 7))
        .hasMessage("expected rows and at least one stratum, got 0 rows and 4 strata");
    assertThatThrownBy(() -> Strata.fit(new float[1][1], 0, 7))
        .hasMessage("expected rows and at least one stratum, got 1 rows and 0 strata");
    assertThatThrownBy(() -> Strata.of(new float[0][]))
        .hasMessage("strata: expected at least one centroid, got none");
  }
}
