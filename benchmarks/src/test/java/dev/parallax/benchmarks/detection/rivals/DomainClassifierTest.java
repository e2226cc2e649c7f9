package dev.parallax.benchmarks.detection.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DomainClassifierTest {

  @Test
  void theAreaIsTheShareOfPairsInTheRightOrder() {
    Random random = new Random(1);
    double[] scores = new double[60];
    boolean[] positive = new boolean[60];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(12);
      positive[i] = random.nextInt(3) == 0;
    }
    double right = 0;
    int pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          pairs++;
          right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }

    assertThat(RocAuc.of(scores, positive)).isCloseTo(right / pairs, within(1e-12));
  }

  @Test
  void ofOneClassThereIsNoArea() {
    assertThatThrownBy(() -> RocAuc.of(new double[] {1, 2}, new boolean[] {true, true}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected both classes, got 2 positives and 0 negatives");
  }

  @Test
  void logisticRegressionFindsTheDirectionThatPartsTheClasses() {
    Random random = new Random(2);
    float[][] rows = Panes.gaussian(2000, 3, 0, random);
    boolean[] positive = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      // Odds of e^(2a − b), as the model has them.
      double odds = Math.exp(2 * rows[i][0] - rows[i][1]);
      positive[i] = random.nextDouble() < odds / (1 + odds);
    }
    LogisticRegression model = LogisticRegression.fit(rows, positive, random);
    double origin = model.score(new float[3]);
    double a = model.score(new float[] {1, 0, 0}) - origin;
    double b = model.score(new float[] {0, 1, 0}) - origin;
    double c = model.score(new float[] {0, 0, 1}) - origin;

    assertThat(a).isPositive();
    assertThat(b / a).isCloseTo(-0.5, within(0.25));
    assertThat(c / a).isCloseTo(0, within(0.25));
  }

  @Test
  void withoutAChangeTheAreaIsAHalfAndAfterOneItIsNearlyAll() {
    Random random = new Random(4);
    DomainClassifier rule = new DomainClassifier(Panes.gaussian(1000, 8, 0, random), 4);

    // Five standard errors of the area of 1,000 rows without a difference.
    assertThat(rule.auc(Panes.gaussianPane(1000, 8, 0, random))).isCloseTo(0.5, within(0.092));
    assertThat(rule.auc(Panes.gaussianPane(1000, 8, 1, random))).isGreaterThan(0.95);
    assertThat(rule.watch().alarms(Panes.gaussianPane(1000, 8, 1, random))).isTrue();
  }
}
