package dev.parallax.core.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiniBatchMomentsTest {

  /** Values as batches of a live model give them: xy below √(xx yy), each with some spread. */
  private static List<HsicTriple> triples(int count, long seed) {
    Random random = new Random(seed);
    List<HsicTriple> triples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double xx = 0.02 * (1 + 0.1 * random.nextGaussian());
      double yy = 0.05 * (1 + 0.1 * random.nextGaussian());
      triples.add(
          new HsicTriple(0.7 * Math.sqrt(xx * yy) * (1 + 0.05 * random.nextGaussian()), xx, yy));
    }
    return triples;
  }

  private static MiniBatchMoments moments(List<HsicTriple> triples) {
    MiniBatchMoments moments = MiniBatchMoments.none();
    for (HsicTriple triple : triples) {
      moments = moments.plus(triple);
    }
    return moments;
  }

  private static Estimate.Stated stated(MiniBatchMoments moments) {
    return (Estimate.Stated) moments.estimate();
  }

  @Test
  void estimateIsTheRatioOfSumsWithTheTextbookDeltaMethodInterval() {
    List<HsicTriple> triples = triples(20, 1);
    double b = triples.size();
    double[] mean = new double[3];
    for (HsicTriple h : triples) {
      mean[0] += h.xy() / b;
      mean[1] += h.xx() / b;
      mean[2] += h.yy() / b;
    }
    double theta = mean[0] / Math.sqrt(mean[1] * mean[2]);
    double[] gradient = {
      1 / Math.sqrt(mean[1] * mean[2]), -theta / (2 * mean[1]), -theta / (2 * mean[2])
    };
    double variance = 0;
    for (HsicTriple h : triples) {
      double moved =
          gradient[0] * (h.xy() - mean[0])
              + gradient[1] * (h.xx() - mean[1])
              + gradient[2] * (h.yy() - mean[2]);
      variance += moved * moved / (b - 1) / b;
    }
    double halfWidth = StudentT.quantile(0.975, b - 1) * Math.sqrt(variance);

    Estimate.Stated estimate = stated(moments(triples));

    assertThat(estimate.batches()).isEqualTo(20);
    assertThat(estimate.cka()).isCloseTo(theta, within(1e-14));
    // The moments about zero cost the digits of (mean / spread)².
    assertThat(estimate.low().orElseThrow()).isCloseTo(theta - halfWidth, within(1e-12));
    assertThat(estimate.high().orElseThrow()).isCloseTo(theta + halfWidth, within(1e-12));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void mergingAnySplitGivesTheSameEstimateUpToRounding(long seed) {
    List<HsicTriple> triples = triples(60, seed);
    int split = new Random(seed).nextInt(60);
    MiniBatchMoments head = moments(triples.subList(0, split));
    MiniBatchMoments tail = moments(triples.subList(split, 60));

    MiniBatchMoments onePass = moments(triples);

    for (MiniBatchMoments merged : List.of(head.merge(tail), tail.merge(head))) {
      assertThat(merged.batches()).isEqualTo(60);
      assertThat(stated(merged).cka()).isCloseTo(stated(onePass).cka(), within(1e-14));
      assertThat(stated(merged).low().orElseThrow())
          .isCloseTo(stated(onePass).low().orElseThrow(), within(1e-12));
    }
  }

  @Test
  void mergingInTheSameOrderGivesTheSameBits() {
    MiniBatchMoments a = moments(triples(8, 1));
    MiniBatchMoments b = moments(triples(8, 2));
    MiniBatchMoments c = moments(triples(8, 3));
    assertThat(a.merge(b).merge(c).toArray()).containsExactly(a.merge(b).merge(c).toArray());
    assertThat(a.merge(b.merge(c)).toArray())
        .containsExactly(a.merge(b).merge(c).toArray(), within(1e-14));
    assertThat(MiniBatchMoments.none().merge(a).toArray()).containsExactly(a.toArray());
  }

  @Test
  void addingABatchLeavesTheOriginalUntouched() {
    MiniBatchMoments before = moments(triples(3, 1));
    double[] bits = before.toArray();
    before.plus(new HsicTriple(1, 2, 3));
    assertThat(before.toArray()).containsExactly(bits);
  }

  @Test
  void arrayIsCountThenSumsThenSecondMoments() {
    MiniBatchMoments moments = MiniBatchMoments.none().plus(new HsicTriple(2, 3, 5));
    assertThat(moments.toArray()).containsExactly(1, 2, 3, 5, 4, 6, 10, 9, 15, 25);
  }

  @Test
  void arrayRoundTripKeepsEveryBit() {
    MiniBatchMoments moments = moments(triples(13, 4));
    MiniBatchMoments read = MiniBatchMoments.fromArray(moments.toArray());
    assertThat(read.toArray()).containsExactly(moments.toArray());
    assertThat(read.estimate()).isEqualTo(moments.estimate());
  }

  @Test
  void refusesAnArrayThatIsNotTenMoments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MiniBatchMoments.fromArray(new double[9]))
        .withMessage("expected 10 moments, got 9");
    for (double count : new double[] {-1, 0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] array = new double[10];
      array[0] = count;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> MiniBatchMoments.fromArray(array))
          .withMessage("expected a count of batches first, got " + count);
    }
  }

  @Test
  void noBatchIsTooFewPairs() {
    assertThat(MiniBatchMoments.none().estimate()).isEqualTo(new Estimate.TooFewPairs(0, 1));
  }

  @Test
  void sevenBatchesHaveAnEstimateAndEightAnInterval() {
    assertThat(stated(moments(triples(7, 1))).low()).isEmpty();
    assertThat(stated(moments(triples(7, 1))).high()).isEqualTo(OptionalDouble.empty());
    assertThat(stated(moments(triples(8, 1))).low()).isPresent();
    assertThat(stated(moments(triples(8, 1))).high()).isPresent();
  }

  @Test
  void aSideWithoutVarianceIsDegenerate() {
    assertThat(MiniBatchMoments.none().plus(new HsicTriple(0, 0, 1)).estimate())
        .isEqualTo(new Estimate.Degenerate(1));
    assertThat(MiniBatchMoments.none().plus(new HsicTriple(0, 1, 0)).estimate())
        .isEqualTo(new Estimate.Degenerate(1));
    assertThat(MiniBatchMoments.none().plus(new HsicTriple(1, -1, -1)).estimate())
        .isEqualTo(new Estimate.Degenerate(1));
  }

  @Test
  void sumsThatNoDataCanGiveAreDegenerate() {
    assertThat(MiniBatchMoments.none().plus(new HsicTriple(3e-17, 1e-17, 1e-17)).estimate())
        .isEqualTo(new Estimate.Degenerate(1));
    for (double wild : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(MiniBatchMoments.none().plus(new HsicTriple(0.1, wild, 1)).estimate())
          .isEqualTo(new Estimate.Degenerate(1));
    }
  }

  @Test
  void roundingAboveOneIsStatedAndNotClipped() {
    MiniBatchMoments moments = MiniBatchMoments.none().plus(new HsicTriple(1 + 1e-6, 1, 1));
    assertThat(stated(moments).cka()).isEqualTo(1 + 1e-6);
  }

  @Test
  void identicalSpacesHaveAnIntervalOfNoWidth() {
    MiniBatchMoments moments = MiniBatchMoments.none();
    for (HsicTriple h : triples(10, 1)) {
      moments = moments.plus(new HsicTriple(h.xx(), h.xx(), h.xx()));
    }
    assertThat(stated(moments).cka()).isCloseTo(1, within(1e-15));
    // The root of rounding: √1e-16.
    assertThat(stated(moments).low().orElseThrow()).isCloseTo(1, within(1e-7));
    assertThat(stated(moments).high().orElseThrow()).isCloseTo(1, within(1e-7));
  }

  @Test
  void theIntervalHoldsTheTruthNineteenTimesInTwenty() {
    // y = x + unit noise, columns independent: HSIC is the sum of squared covariances.
    int width = 6;
    double[] spread = {2, 1.5, 1, 1, 0.5, 0.5};
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (double s : spread) {
      double variance = s * s;
      xy += variance * variance;
      xx += variance * variance;
      yy += (variance + 1) * (variance + 1);
    }
    double truth = xy / Math.sqrt(xx * yy);
    Random random = new Random(17);
    int windows = 600;
    int batches = 12;
    int rows = 24;
    int covered = 0;
    for (int window = 0; window < windows; window++) {
      MiniBatchMoments moments = MiniBatchMoments.none();
      for (int batch = 0; batch < batches; batch++) {
        double[][] x = new double[rows][width];
        double[][] y = new double[rows][width];
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < width; j++) {
            x[i][j] = spread[j] * random.nextGaussian();
            y[i][j] = x[i][j] + random.nextGaussian();
          }
        }
        moments = moments.plus(DebiasedHsic.of(RowMatrix.of(x), RowMatrix.of(y)));
      }
      Estimate.Stated estimate = stated(moments);
      if (estimate.low().orElseThrow() <= truth && truth <= estimate.high().orElseThrow()) {
        covered++;
      }
    }
    double sigma = Math.sqrt(0.95 * 0.05 / windows);
    assertThat((double) covered / windows).isCloseTo(0.95, within(3 * sigma));
  }
}
