package dev.parallax.benchmarks.detection.rivals;

import java.util.Random;

/**
 * Logistic regression by stochastic gradient descent with the defaults of scikit-learn's {@code
 * SGDClassifier(loss="log_loss")}: penalty {@code α/2 ‖w‖²} with α = {@value #ALPHA}, step {@code
 * 1/(α (t₀ + t))} with t₀ by Bottou's heuristic, all rows in a new order each epoch, and an end
 * where {@value #PATIENCE} epochs in a row have not brought the mean loss {@value #TOLERANCE} below
 * the best.
 *
 * @see <a
 *     href="https://scikit-learn.org/stable/modules/generated/sklearn.linear_model.SGDClassifier">SGDClassifier</a>
 */
final class LogisticRegression {

  private static final double ALPHA = 1e-4;
  private static final double TOLERANCE = 1e-3;
  private static final int PATIENCE = 5;
  private static final int MAX_EPOCHS = 1000;

  private final double[] weights;
  private double intercept;

  private LogisticRegression(int width) {
    weights = new double[width];
  }

  /** Fits rows of two classes. */
  static LogisticRegression fit(float[][] rows, boolean[] positive, Random random) {
    LogisticRegression model = new LogisticRegression(rows[0].length);
    int[] order = new int[rows.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    double typicalWeight = Math.sqrt(1 / Math.sqrt(ALPHA));
    // The first step is the typical weight over the steepest slope of the loss there, 1.
    double t = 1 / (typicalWeight * ALPHA);
    double best = Double.POSITIVE_INFINITY;
    int patience = PATIENCE;
    for (int epoch = 0; epoch < MAX_EPOCHS && patience > 0; epoch++) {
      shuffle(order, random);
      double loss = 0;
      for (int i : order) {
        loss += model.step(rows[i], positive[i] ? 1 : -1, 1 / (ALPHA * t));
        t++;
      }
      loss /= rows.length;
      patience = loss > best - TOLERANCE ? patience - 1 : PATIENCE;
      best = Math.min(best, loss);
    }
    return model;
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int chosen = order[j];
      order[j] = order[i];
      order[i] = chosen;
    }
  }

  /** One step; returns the loss before it. */
  private double step(float[] row, int label, double rate) {
    double margin = label * score(row);
    double towards = rate * label / (1 + Math.exp(margin));
    double kept = Math.max(0, 1 - rate * ALPHA);
    for (int j = 0; j < weights.length; j++) {
      weights[j] = kept * weights[j] + towards * row[j];
    }
    intercept += towards;
    return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
  }

  /** Logarithm of the odds of the positive class. */
  double score(float[] row) {
    double s0 = intercept;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 4 <= weights.length; j += 4) {
      s0 += weights[j] * row[j];
      s1 += weights[j + 1] * row[j + 1];
      s2 += weights[j + 2] * row[j + 2];
      s3 += weights[j + 3] * row[j + 3];
    }
    for (; j < weights.length; j++) {
      s0 += weights[j] * row[j];
    }
    return s0 + s1 + s2 + s3;
  }
}
