package dev.parallax.core.probe;

import dev.parallax.core.embedding.InputKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model answered to the probes of one cycle: a vector under each input key. Immutable.
 *
 * <p>The vectors are held in the order of their keys, so whatever is computed of a cycle does not
 * depend on the order in which the answers came. A probe may be missing.
 */
public final class ProbeCycle {

  private final NavigableMap<InputKey, float[]> vectors;
  private final int width;

  private ProbeCycle(NavigableMap<InputKey, float[]> vectors, int width) {
    this.vectors = vectors;
    this.width = width;
  }

  /**
   * Copies the vectors in.
   *
   * @throws IllegalArgumentException if there is none, or one is empty, of another width than the
   *     others, not finite, or zero
   */
  public static ProbeCycle of(Map<InputKey, float[]> vectors) {
    if (vectors.isEmpty()) {
      throw new IllegalArgumentException("probe cycle: expected 1 vector or more, got 0");
    }
    TreeMap<InputKey, float[]> copy = new TreeMap<>();
    vectors.forEach((key, vector) -> copy.put(key, vector.clone()));
    int width = copy.firstEntry().getValue().length;
    copy.forEach((key, vector) -> require(key, vector, width));
    return new ProbeCycle(copy, width);
  }

  private static void require(InputKey key, float[] vector, int width) {
    if (vector.length != width || width == 0) {
      throw new IllegalArgumentException(
          "probe " + key + ": expected width " + Math.max(1, width) + ", got " + vector.length);
    }
    double largest = 0;
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("probe " + key + ": expected finite values");
      }
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest == 0) {
      throw new IllegalArgumentException("probe " + key + ": expected a vector other than zero");
    }
  }

  /** Number of vectors. */
  public int size() {
    return vectors.size();
  }

  /** Width of every vector. */
  public int width() {
    return width;
  }

  /** The keys in ascending order. */
  public List<InputKey> keys() {
    return List.copyOf(vectors.keySet());
  }

  /** The vector under a key, a copy; empty if the probe is missing. */
  public Optional<float[]> vector(InputKey key) {
    return Optional.ofNullable(vectors.get(key)).map(float[]::clone);
  }

  /** Keys that both have, in ascending order. */
  List<InputKey> keysShared(ProbeCycle other) {
    List<InputKey> shared = new ArrayList<>(vectors.keySet());
    shared.retainAll(other.vectors.keySet());
    return shared;
  }

  /** The vectors under these keys, of which none is missing, in double precision. */
  double[][] rows(List<InputKey> keys) {
    double[][] rows = new double[keys.size()][width];
    for (int i = 0; i < rows.length; i++) {
      float[] vector = Optional.ofNullable(vectors.get(keys.get(i))).orElseThrow();
      for (int j = 0; j < width; j++) {
        rows[i][j] = vector[j];
      }
    }
    return rows;
  }
}
