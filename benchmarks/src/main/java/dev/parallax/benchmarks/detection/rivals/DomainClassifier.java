package dev.parallax.benchmarks.detection.rivals;

import java.util.Arrays;
import java.util.Random;

/**
 * A classifier that is to tell the vectors of a pane from those of the baseline, as Evidently's
 * {@code ModelDriftMethod} has it, its default for embeddings: logistic regression by stochastic
 * gradient descent on a random half of both, always the same split, and an alarm where the area
 * under the ROC curve on the other half is above {@value #THRESHOLD}.
 *
 * @see <a
 *     href="https://github.com/evidentlyai/evidently/blob/1933c7d5a0afafd647110b2fcc2d20ec718ae4dc/src/evidently/legacy/metrics/data_drift/embedding_drift_methods.py">Evidently:
 *     embedding_drift_methods.py</a>
 */
final class DomainClassifier implements Rule {

  private static final double THRESHOLD = 0.55;

  private final float[][] reference;
  private final long seed;

  DomainClassifier(float[][] reference, long seed) {
    this.reference = reference.clone();
    this.seed = seed;
  }

  /** Area under the ROC curve on the rows that were not learnt from. */
  double auc(RivalPane pane) {
    Random random = new Random(seed);
    int n = reference.length + pane.vectors().length;
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    int half = n / 2;
    float[][] rows = new float[n][];
    boolean[] isReference = new boolean[n];
    for (int i = 0; i < n; i++) {
      isReference[i] = order[i] < reference.length;
      rows[i] = isReference[i] ? reference[order[i]] : pane.vectors()[order[i] - reference.length];
    }
    float[][] learnt = Arrays.copyOf(rows, half);
    LogisticRegression model =
        LogisticRegression.fit(learnt, Arrays.copyOf(isReference, half), random);
    double[] scores = new double[n - half];
    for (int i = half; i < n; i++) {
      scores[i - half] = model.score(rows[i]);
    }
    return RocAuc.of(scores, Arrays.copyOfRange(isReference, half, n));
  }

  @Override
  public Watch watch() {
    return pane -> auc(pane) > THRESHOLD;
  }
}
