package dev.parallax.core.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.CentredRows;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.SingularValues;
import dev.parallax.core.similarity.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsensusSpaceTest {

  private static final int ITEMS = 300;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aLatentThatAllEncodersCarryIsRecovered(long seed) {
    double[][] latent = gaussian(ITEMS, 3, seed);
    List<RowMatrix> views =
        List.of(
            carrying(latent, 12, 0.05, seed + 10),
            carrying(latent, 7, 0.05, seed + 20),
            carrying(latent, 9, 0.05, seed + 30));

    ConsensusSpace space = fitted(views, 4, 1e-6);

    double[][] consensus = space.consensus().apply(sideBySide(views));
    assertThat(shareOfLatentIn(latent, firstColumns(consensus, 3))).isGreaterThan(0.99);
    assertThat(space.agreement(2)).isGreaterThan(0.95);
    assertThat(space.agreement(3)).isLessThan(0.6);
  }

  @Test
  void itemsThatWereNotFittedProjectOntoTheirLatentToo() {
    double[][] latent = gaussian(2 * ITEMS, 2, 1);
    RowMatrix one = carrying(latent, 8, 0.05, 2);
    RowMatrix other = carrying(latent, 5, 0.05, 3);
    ConsensusSpace space = fitted(List.of(one.rows(0, ITEMS), other.rows(0, ITEMS)), 2, 1e-3);

    double[][] held = Arrays.copyOfRange(latent, ITEMS, 2 * ITEMS);
    for (int k = 0; k < 2; k++) {
      RowMatrix rows = List.of(one, other).get(k).rows(ITEMS, 2 * ITEMS);
      assertThat(shareOfLatentIn(held, space.projection(k).apply(rows))).isGreaterThan(0.98);
    }
  }

  @Test
  void encodersWithNothingInCommonAgreeLittle() {
    List<RowMatrix> views =
        List.of(
            RowMatrix.of(gaussian(2000, 4, 1)),
            RowMatrix.of(gaussian(2000, 5, 2)),
            RowMatrix.of(gaussian(2000, 3, 3)));

    ConsensusSpace space = fitted(views, 1, 0);

    assertThat(space.agreement(0)).isBetween(1 / 3.0, 0.45);
  }

  @Test
  void anInvertibleMapOfAnEncoderChangesNoProjectionAtRidgeZero() {
    List<RowMatrix> views = views(4);
    double[][] map = gaussian(6, 6, 9);
    RowMatrix mapped = RowMatrix.of(times(views.get(1).toRows(), map, 3));

    ConsensusSpace space = fitted(views, 3, 0);
    ConsensusSpace other = fitted(List.of(views.get(0), mapped, views.get(2)), 3, 0);

    assertSame(other.projection(1).apply(mapped), space.projection(1).apply(views.get(1)), 1e-9);
    assertSame(
        other.projection(0).apply(views.get(0)), space.projection(0).apply(views.get(0)), 1e-9);
  }

  @Test
  void aRotationShiftAndScaleOfAnEncoderChangesNoProjectionAtAnyRidge() {
    List<RowMatrix> views = views(5);
    SingularValues rotation = SingularValues.of(gaussian(6, 6, 9));
    double[][] map = new double[6][6];
    for (int j = 0; j < 6; j++) {
      for (int c = 0; c < 6; c++) {
        map[j][c] = 1e-3 * rotation.right(c)[j];
      }
    }
    RowMatrix mapped = RowMatrix.of(times(views.get(1).toRows(), map, 7));

    ConsensusSpace space = fitted(views, 3, 0.1);
    ConsensusSpace other = fitted(List.of(views.get(0), mapped, views.get(2)), 3, 0.1);

    assertSame(other.projection(1).apply(mapped), space.projection(1).apply(views.get(1)), 1e-9);
    assertThat(other.agreement(1)).isCloseTo(space.agreement(1), within(1e-12));
  }

  @Test
  void theOrderOfTheEncodersOnlyPermutes() {
    List<RowMatrix> views = views(6);

    ConsensusSpace space = fitted(views, 3, 0.01);
    ConsensusSpace turned = fitted(List.of(views.get(2), views.get(0), views.get(1)), 3, 0.01);

    int[] from = {2, 0, 1};
    for (int k = 0; k < 3; k++) {
      RowMatrix rows = views.get(from[k]);
      assertSame(turned.projection(k).apply(rows), space.projection(from[k]).apply(rows), 1e-10);
    }
    for (int c = 0; c < 3; c++) {
      assertThat(turned.agreement(c)).isCloseTo(space.agreement(c), within(1e-12));
    }
  }

  @Test
  void theConsensusHasTheAgreementAsItsSpreadAndIsTheMeanOfTheProjections() {
    List<RowMatrix> views = views(7);
    ConsensusSpace space = fitted(views, 4, 0.01);

    double[][] consensus = space.consensus().apply(sideBySide(views));

    double[][] columns = CentredRows.of(RowMatrix.of(consensus)).columns();
    int exponent = CentredRows.of(RowMatrix.of(consensus)).exponent();
    for (int c = 0; c < 4; c++) {
      for (int d = 0; d < 4; d++) {
        double covariance = Math.scalb(dot(columns[c], columns[d]), 2 * exponent) / (ITEMS - 1);
        double expected = c == d ? space.agreement(c) * space.agreement(c) : 0;
        assertThat(covariance).isCloseTo(expected, within(1e-12));
      }
    }
    double[][] sum = new double[ITEMS][4];
    for (int k = 0; k < 3; k++) {
      double[][] one = space.projection(k).apply(views.get(k));
      for (int i = 0; i < ITEMS; i++) {
        for (int c = 0; c < 4; c++) {
          sum[i][c] += one[i][c] / 3;
        }
      }
    }
    assertSame(consensus, sum, 1e-12);
  }

  @Test
  void noOtherDirectionsAreBetterPredicted() {
    List<RowMatrix> views = views(8);
    ConsensusSpace space = fitted(views, 2, 0);
    double best = space.agreement(0) + space.agreement(1);

    for (long seed = 1; seed <= 20; seed++) {
      SingularValues other = SingularValues.of(centred(gaussian(ITEMS, 2, seed)));
      double predicted = 0;
      for (RowMatrix view : views) {
        SingularValues basis = SingularValues.of(centred(view.toRows()));
        for (int c = 0; c < 2; c++) {
          for (int r = 0; r < view.width(); r++) {
            double share = dot(other.left(c), basis.left(r));
            predicted += share * share / views.size();
          }
        }
      }
      assertThat(predicted).isLessThan(best);
    }
  }

  @Test
  void encodersWiderThanTheItemsAreFittedWithARidge() {
    double[][] latent = gaussian(40, 2, 1);
    List<RowMatrix> views = List.of(carrying(latent, 90, 0.1, 2), carrying(latent, 60, 0.1, 3));

    ConsensusSpace space = fitted(views, 2, 1);

    double[][] consensus = space.consensus().apply(sideBySide(views));
    assertThat(shareOfLatentIn(latent, consensus)).isGreaterThan(0.95);
  }

  @Test
  void hugeTinyAndOffsetRowsGiveTheSameSpace() {
    List<RowMatrix> views = views(9);
    double[][] expected = fitted(views, 2, 0.01).projection(0).apply(views.get(0));

    for (double scale : new double[] {1e-150, 1e150}) {
      double[][] rows = views.get(0).toRows();
      for (double[] row : rows) {
        for (int j = 0; j < row.length; j++) {
          row[j] = scale * (row[j] + 100);
        }
      }
      RowMatrix scaled = RowMatrix.of(rows);
      ConsensusSpace space = fitted(List.of(scaled, views.get(1), views.get(2)), 2, 0.01);
      assertSame(space.projection(0).apply(scaled), expected, 1e-9);
    }
  }

  @Test
  void whatCannotBeFittedHasAReason() {
    RowMatrix good = RowMatrix.of(gaussian(10, 3, 1));
    double[][] broken = gaussian(10, 3, 2);
    broken[4][1] = Double.NaN;
    double[][] flat = new double[10][2];
    double[][] line = new double[10][1];
    Arrays.setAll(line, i -> new double[] {i});

    assertUndefined(List.of(good, RowMatrix.of(broken)), 2, Statistic.Cause.NOT_FINITE);
    assertUndefined(List.of(good, RowMatrix.of(flat)), 2, Statistic.Cause.NO_VARIANCE);
    assertUndefined(List.of(good, good), 10, Statistic.Cause.TOO_FEW_PAIRS);
    assertUndefined(List.of(RowMatrix.of(line), RowMatrix.of(line)), 2, Statistic.Cause.DEGENERATE);
  }

  @Test
  void argumentsOutOfRangeAreRefusedWithTheirValue() {
    RowMatrix good = RowMatrix.of(gaussian(10, 3, 1));
    assertThatThrownBy(() -> ConsensusSpace.fit(List.of(good), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 2 or more views, got 1");
    assertThatThrownBy(() -> ConsensusSpace.fit(List.of(good, good.rows(0, 9)), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected as many rows in every view, got 10 and 9");
    assertThatThrownBy(() -> ConsensusSpace.fit(List.of(good, good), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension=0: expected 1 or more");
    assertThatThrownBy(() -> ConsensusSpace.fit(List.of(good, good), 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ridge=NaN: expected 0 or more, finite");
    assertThatThrownBy(
            () ->
                fitted(List.of(good, good), 1, 0)
                    .projection(0)
                    .apply(RowMatrix.of(new float[1][4])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected rows of width 3, got 4");
    assertThatThrownBy(() -> new Projection(new double[2], new double[3][1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected as many rows of the map as entries of the mean, 1 or more, got 3 and 2");
  }

  private static void assertUndefined(List<RowMatrix> views, int dimension, Statistic.Cause cause) {
    assertThat(ConsensusSpace.fit(views, dimension, 0))
        .isInstanceOfSatisfying(
            ConsensusFit.Undefined.class, it -> assertThat(it.cause()).isEqualTo(cause));
  }

  private static ConsensusSpace fitted(List<RowMatrix> views, int dimension, double ridge) {
    ConsensusFit fit = ConsensusSpace.fit(views, dimension, ridge);
    assertThat(fit).isInstanceOf(ConsensusFit.Fitted.class);
    return ((ConsensusFit.Fitted) fit).space();
  }

  private static List<RowMatrix> views(long seed) {
    double[][] latent = gaussian(ITEMS, 4, seed);
    return List.of(
        carrying(latent, 8, 0.5, seed + 10),
        carrying(latent, 6, 0.3, seed + 20),
        carrying(latent, 5, 0.4, seed + 30));
  }

  /** Rows that carry a latent through a random map, with noise of their own, off the origin. */
  private static RowMatrix carrying(double[][] latent, int width, double noise, long seed) {
    double[][] rows = times(latent, gaussian(latent[0].length, width, seed), 2);
    double[][] own = gaussian(latent.length, width, seed + 1);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < width; j++) {
        rows[i][j] += noise * own[i][j];
      }
    }
    return RowMatrix.of(rows);
  }

  /** Mean squared canonical correlation of the latent with rows of a space. */
  private static double shareOfLatentIn(double[][] latent, double[][] rows) {
    SingularValues a = SingularValues.of(centred(latent));
    SingularValues b = SingularValues.of(centred(rows));
    double share = 0;
    for (int c = 0; c < latent[0].length; c++) {
      for (int d = 0; d < rows[0].length; d++) {
        double cosine = dot(a.left(c), b.left(d));
        share += cosine * cosine / latent[0].length;
      }
    }
    return share;
  }

  private static double[][] centred(double[][] rows) {
    return CentredRows.of(RowMatrix.of(rows)).rows();
  }

  private static RowMatrix sideBySide(List<RowMatrix> views) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < views.get(0).count(); i++) {
      int row = i;
      rows.add(views.stream().flatMapToDouble(v -> Arrays.stream(v.toRows()[row])).toArray());
    }
    return RowMatrix.of(rows.toArray(double[][]::new));
  }

  private static double[][] firstColumns(double[][] rows, int count) {
    return Arrays.stream(rows).map(row -> Arrays.copyOf(row, count)).toArray(double[][]::new);
  }

  private static double[][] times(double[][] rows, double[][] map, double shift) {
    double[][] result = new double[rows.length][map[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < map[0].length; c++) {
        result[i][c] = shift;
        for (int j = 0; j < map.length; j++) {
          result[i][c] += rows[i][j] * map[j][c];
        }
      }
    }
    return result;
  }

  private static double[][] gaussian(int n, int width, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[n][width];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    return rows;
  }

  private static void assertSame(double[][] found, double[][] expected, double tolerance) {
    assertThat(found).hasDimensions(expected.length, expected[0].length);
    for (int i = 0; i < found.length; i++) {
      for (int c = 0; c < found[i].length; c++) {
        assertThat(found[i][c]).isCloseTo(expected[i][c], within(tolerance));
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
