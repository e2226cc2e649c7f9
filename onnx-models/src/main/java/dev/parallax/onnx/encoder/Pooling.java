package dev.parallax.onnx.encoder;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How one vector is made of the vectors of a text's tokens. */
public enum Pooling {
  /** The mean over all tokens, special ones included. */
  @JsonProperty("mean")
  MEAN,
  /** The first token's vector. */
  @JsonProperty("cls")
  CLS;

  /** As in a manifest. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Pools one text.
   *
   * @param tokens vectors of its tokens, one after the other
   * @param first index of the first value
   * @param count of tokens, at least 1
   * @param normalise whether the result is scaled to unit length; a zero vector stays as it is
   */
  float[] pool(float[] tokens, int first, int count, int dimension, boolean normalise) {
    double[] pooled = new double[dimension];
    int taken = this == CLS ? 1 : count;
    for (int t = 0; t < taken; t++) {
      for (int j = 0; j < dimension; j++) {
        pooled[j] += tokens[first + t * dimension + j];
      }
    }
    double squared = 0;
    for (double value : pooled) {
      squared += value * value;
    }
    // The sum's direction is the mean's, so normalising needs no division by the count.
    double scale = normalise ? Math.sqrt(squared) : taken;
    float[] vector = new float[dimension];
    for (int j = 0; j < dimension; j++) {
      vector[j] = (float) (scale > 0 ? pooled[j] / scale : 0);
    }
    return vector;
  }
}
