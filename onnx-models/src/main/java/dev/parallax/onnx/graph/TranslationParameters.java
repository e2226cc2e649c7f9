package dev.parallax.onnx.graph;

import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.Translation;

/** A frozen translation map with its strata, in the form the graph takes. Immutable. */
public final class TranslationParameters {

  private final Translation translation;
  private final int strata;
  private final float[] centroids;
  private final float[] halfNorms;

  private TranslationParameters(
      Translation translation, int strata, float[] centroids, float[] halfNorms) {
    this.translation = translation;
    this.strata = strata;
    this.centroids = centroids;
    this.halfNorms = halfNorms;
  }

  /**
   * Takes a map as it is and centroids relative to its reference mean.
   *
   * @throws IllegalArgumentException when the centroids are not of the reference's width
   */
  public static TranslationParameters of(Translation translation, Strata strata) {
    int q = translation.referenceWidth();
    int k = strata.count();
    float[] mean = translation.referenceMean();
    float[] columns = new float[q * k];
    float[] halfNorms = new float[k];
    for (int j = 0; j < k; j++) {
      float[] centroid = strata.centroids()[j];
      if (centroid.length != q) {
        throw new IllegalArgumentException(
            "expected centroids of width " + q + ", got " + centroid.length);
      }
      double squaredNorm = 0;
      for (int i = 0; i < q; i++) {
        float value = centroid[i] - mean[i];
        columns[i * k + j] = value;
        squaredNorm += (double) value * value;
      }
      halfNorms[j] = (float) (squaredNorm / 2);
    }
    return new TranslationParameters(translation, k, columns, halfNorms);
  }

  Translation translation() {
    return translation;
  }

  /** k. */
  int strata() {
    return strata;
  }

  /** The transpose of the centred centroids by rows, q by k. */
  float[] centroids() {
    return centroids;
  }

  float[] halfNorms() {
    return halfNorms;
  }
}
