package dev.parallax.benchmarks.detection.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CentroidDistanceTest {

  private static RivalPane at(double x, double y) {
    return Panes.of(new float[][] {{(float) x - 1, (float) y}, {(float) x + 1, (float) y}});
  }

  @Test
  void itIsTheEuclideanDistanceOfTheMeans() {
    CentroidDistance rule =
        CentroidDistance.published(new RivalBaseline(List.of(at(1, 1)), List.of(at(3, 1))));

    assertThat(rule.distance(at(5, 5))).isCloseTo(5, within(1e-6));
  }

  @Test
  void thePublishedThresholdIsAFifth() {
    Rule.Watch watch =
        CentroidDistance.published(new RivalBaseline(List.of(at(0, 0)), List.of(at(0, 0)))).watch();

    assertThat(watch.alarms(at(0, 0.19))).isFalse();
    assertThat(watch.alarms(at(0, 0.21))).isTrue();
  }

  @Test
  void theCalibratedThresholdIsThreeDeviationsAboveTheMeanDistanceOfHeldOutPanes() {
    Random random = new Random(3);
    RivalBaseline baseline =
        new RivalBaseline(
            Panes.gaussianPanes(50, 100, 4, random), Panes.gaussianPanes(50, 100, 4, random));
    Rule.Watch watch = CentroidDistance.calibrated(baseline).watch();

    long alarms = Panes.gaussianPanes(200, 100, 4, random).stream().filter(watch::alarms).count();

    // The distance is skewed, so three deviations are exceeded a little more often than 1 in 740.
    assertThat(alarms).isLessThanOrEqualTo(6);
    assertThat(watch.alarms(Panes.gaussianPane(100, 4, 0.4, random))).isTrue();
  }
}
