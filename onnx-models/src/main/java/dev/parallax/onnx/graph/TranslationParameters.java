package dev.parallax.onnx.graph;

import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.Translation;

/**
 * A frozen translation map from the reference to the live space with its strata, in the form the
 * graph takes. Immutable.
 */
public final class TranslationParameters {

  private final int widthX;
  private final int widthR;
  private final int strata;
  private final float[] map;
  private final float[] centroids;
  private final float[] halfNorms;

  private TranslationParameters(
      int widthX, int widthR, int strata, float[] map, float[] centroids, float[] halfNorms) {
    this.widthX = widthX;
    this.widthR = widthR;
    this.strata = strata;
    this.map = map;
    this.centroids = centroids;
    this.halfNorms = halfNorms;
  }

  /**
   * Rounds a map and centroids to single precision.
   *
   * @param map W, q rows (reference) by p columns (live)
   * @param centroids k rows of width q, relative to the same mean as the reference rows; at least
   *     one
   * @throws IllegalArgumentException when the shapes do not fit
   */
  public static TranslationParameters of(double[][] map, double[][] centroids) {
    if (map.length == 0 || centroids.length == 0) {
      throw new IllegalArgumentException(
          "expected a map and centroids, got "
              + map.length
              + " rows and "
              + centroids.length
              + " centroids");
    }
    int q = map.length;
    int p = map[0].length;
    int k = centroids.length;
    float[] flatMap = new float[q * p];
    for (int i = 0; i < q; i++) {
      requireWidth(map[i].length, p);
      for (int j = 0; j < p; j++) {
        flatMap[i * p + j] = (float) map[i][j];
      }
    }
    float[] columns = new float[q * k];
    float[] halfNorms = new float[k];
    for (int j = 0; j < k; j++) {
      requireWidth(centroids[j].length, q);
      double squaredNorm = 0;
      for (int i = 0; i < q; i++) {
        float value = (float) centroids[j][i];
        columns[i * k + j] = value;
        squaredNorm += (double) value * value;
      }
      halfNorms[j] = (float) (squaredNorm / 2);
    }
    return new TranslationParameters(p, q, k, flatMap, columns, halfNorms);
  }

  /**
   * The parameters of a fitted translation. Centroids are taken relative to its reference mean, as the rows are.
   *
   * @throws IllegalArgumentException when the shapes do not fit
   */
  public static TranslationParameters of(Translation translation, Strata strata) {
    int q = translation.referenceWidth();
    float[][] rows = strata.centroids();
    float[] columns = new float[q * rows.length];
    float[] halfNorms = new float[rows.length];
    for (int j = 0; j < rows.length; j++) {
      requireWidth(rows[j].length, q);
      double squaredNorm = 0;
      for (int i = 0; i < q; i++) {
        float value = rows[j][i] - translation.referenceMean()[i];
        columns[i * rows.length + j] = value;
        squaredNorm += (double) value * value;
      }
      halfNorms[j] = (float) (squaredNorm / 2);
    }
    return new TranslationParameters(
        translation.liveWidth(), q, rows.length, translation.map(), columns, halfNorms);
  }

  private static void requireWidth(int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException("expected rows of width " + expected + ", got " + found);
    }
  }

  /** p, of live rows. */
  public int widthX() {
    return widthX;
  }

  /** q, of reference rows. */
  public int widthR() {
    return widthR;
  }

  /** k. */
  public int strata() {
    return strata;
  }

  /** W by rows. */
  float[] map() {
    return map;
  }

  /** The transpose of the centroids by rows, q by k. */
  float[] centroids() {
    return centroids;
  }

  float[] halfNorms() {
    return halfNorms;
  }
}
