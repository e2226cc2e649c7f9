package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrafficMapTest {

  private static final int WIDTH = 8;

  private static float[][] rows(int n, double shift, Random random) {
    float[][] rows = new float[n][WIDTH];
    for (float[] row : rows) {
      for (int j = 0; j < WIDTH; j++) {
        row[j] = (float) (random.nextGaussian() + (j == 0 ? shift : 0));
      }
    }
    return rows;
  }

  private static double discrepancy(TrafficMap map, float[][] rows) {
    return map.discrepancy(rows).orElseThrow();
  }

  @Test
  void theSameTrafficIsZeroAwayOnAverage() {
    Random random = new Random(1);
    int panes = 2_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < panes; i++) {
      double value = discrepancy(TrafficMap.fit(rows(60, 0, random), i), rows(40, 0, random));
      sum += value;
      squares += value * value;
    }
    double mean = sum / panes;
    double standardError = Math.sqrt((squares / panes - mean * mean) / panes);

    // With its bias of about 1/60 + 1/40 it would be a hundred standard errors away.
    assertThat(standardError).isLessThan(0.0005);
    assertThat(mean).isCloseTo(0, within(4 * standardError));
  }

  @Test
  void otherTrafficIsFartherAwayTheFartherItIs() {
    TrafficMap map = TrafficMap.fit(rows(500, 0, new Random(2)), 7);

    double same = discrepancy(map, rows(400, 0, new Random(3)));
    double near = discrepancy(map, rows(400, 1, new Random(4)));
    double far = discrepancy(map, rows(400, 3, new Random(5)));

    assertThat(near).isGreaterThan(Math.abs(same) + 0.01);
    assertThat(far).isGreaterThan(3 * near);
  }

  @Test
  void aMapFromItsPartsMeasuresTheSameToTheLastBit() {
    TrafficMap map = TrafficMap.fit(rows(300, 0, new Random(6)), 7);
    float[][] pane = rows(200, 0.5, new Random(7));

    assertThat(TrafficMap.of(map.parts()).discrepancy(pane)).isEqualTo(map.discrepancy(pane));
  }

  @Test
  void onlyTheFirst512RowsOfAPaneAreCompared() {
    TrafficMap map = TrafficMap.fit(rows(300, 0, new Random(8)), 7);
    float[][] pane = rows(900, 0, new Random(9));
    float[][] otherTail = pane.clone();
    Arrays.fill(otherTail, 512, 900, new float[] {9, 9, 9, 9, 9, 9, 9, 9});

    assertThat(map.discrepancy(otherTail)).isEqualTo(map.discrepancy(pane));
    otherTail[511] = otherTail[512];
    assertThat(map.discrepancy(otherTail)).isNotEqualTo(map.discrepancy(pane));
  }

  @Test
  void inputsThatWereAlwaysTheSameAreNoObstacle() {
    float[][] same = new float[40][WIDTH];
    TrafficMap map = TrafficMap.fit(same, 7);

    assertThat(discrepancy(map, same)).isCloseTo(0, within(1e-12));
    assertThat(discrepancy(map, rows(40, 0, new Random(10)))).isGreaterThan(0.5);
  }

  @Test
  void oneRowIsTooFewToCompare() {
    TrafficMap map = TrafficMap.fit(rows(300, 0, new Random(11)), 7);

    assertThat(map.discrepancy(rows(1, 0, new Random(12)))).isEmpty();
    assertThat(map.discrepancy(rows(2, 0, new Random(12)))).isPresent();
  }
}
