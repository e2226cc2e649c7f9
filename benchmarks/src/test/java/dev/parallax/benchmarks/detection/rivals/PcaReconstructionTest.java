package dev.parallax.benchmarks.detection.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcaReconstructionTest {

  private static final double S = Math.sqrt(0.5);

  /**
   * Rows whose two columns vary alike and have a correlation of 0.6: standardised, the components
   * are the diagonals with 80% and 20% of the variance.
   */
  private static RivalPane pane(Random random) {
    float[][] vectors = new float[4000][];
    for (int i = 0; i < vectors.length; i++) {
      double along = Math.sqrt(1.6) * random.nextGaussian();
      double across = Math.sqrt(0.4) * random.nextGaussian();
      vectors[i] = new float[] {(float) (S * (along + across)), (float) (S * (along - across))};
    }
    return Panes.of(vectors);
  }

  private static RivalBaseline baseline(Random random) {
    return new RivalBaseline(
        List.of(pane(random), pane(random)), List.of(pane(random), pane(random)));
  }

  @Test
  void withAllComponentsNothingIsLost() {
    Random random = new Random(1);
    PcaReconstruction rule = PcaReconstruction.heldOut(baseline(random), 0.999_999);

    // The error comes from a difference of squares of order 1, so rounding leaves its root.
    assertThat(rule.error(pane(random))).isCloseTo(0, within(1e-6));
  }

  @Test
  void whatIsLostIsTheLengthAcrossTheComponents() {
    Random random = new Random(2);
    PcaReconstruction rule = PcaReconstruction.heldOut(baseline(random), 0.65);

    // The mean of |N(0, 0.4)| is √(2 · 0.4/π); four standard errors of 4,000 rows and the fit.
    assertThat(rule.error(pane(random))).isCloseTo(Math.sqrt(0.8 / Math.PI), within(0.04));
  }

  @Test
  void bothDirectionsOfAChangeRaiseAnAlarm() {
    Random random = new Random(3);
    RivalBaseline baseline =
        new RivalBaseline(
            Panes.gaussianPanes(20, 400, 6, random), Panes.gaussianPanes(20, 400, 6, random));
    for (PcaReconstruction rule :
        List.of(PcaReconstruction.published(baseline), PcaReconstruction.heldOut(baseline))) {
      float[][] larger = Panes.gaussian(400, 6, 0, random);
      float[][] smaller = Panes.gaussian(400, 6, 0, random);
      for (int i = 0; i < larger.length; i++) {
        for (int j = 0; j < 6; j++) {
          larger[i][j] *= 2f;
          smaller[i][j] *= 0.5f;
        }
      }

      assertThat(rule.watch().alarms(Panes.of(larger))).isTrue();
      assertThat(rule.watch().alarms(Panes.of(smaller))).isTrue();
      assertThat(rule.watch().alarms(baseline.holdOut().get(0))).isFalse();
    }
  }
}
