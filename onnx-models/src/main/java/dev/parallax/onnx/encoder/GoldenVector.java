package dev.parallax.onnx.encoder;

import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.model.PinnedSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * What an encoder must answer for one input: the proof that model, tokenizer, pooling and runtime
 * together are those that the manifest means.
 *
 * @param input the text
 * @param first the first values of the vector, for people to compare
 * @param vector all of it, little-endian single precision
 * @param leastCosine to the recomputed vector, above 0 up to 1. Bits differ between processors, so
 *     their equality is reported but not asked for: a single-precision model moved by 1e-13 from
 *     AVX-512 to AVX2, a quantised one by up to 2e-3 between runtimes, where a rounding puts an
 *     activation on the other side of a step; a wrong pooling or prefix moves it by 3e-2 or more
 */
public record GoldenVector(
    String input, List<Float> first, PinnedSource vector, double leastCosine) {

  /** How many values {@link #first} holds. */
  static final int SHOWN = 8;

  public GoldenVector {
    first = List.copyOf(first);
    if (!(leastCosine > 0 && leastCosine <= 1)) {
      throw new IllegalArgumentException(
          "leastCosine=" + leastCosine + ": expected more than 0, up to 1");
    }
  }

  /**
   * How a recomputed vector compares.
   *
   * @param cosine between the stored and the recomputed vector
   * @param sameBits whether they are equal to the last bit
   */
  public record Match(double cosine, boolean sameBits) {}

  /**
   * Compares a recomputed vector.
   *
   * @param id of the encoder, for the message
   * @throws ModelRefusedException when it is not close enough
   */
  Match check(String id, float[] found) {
    byte[] stored = vector.load().bytes();
    if (stored.length != found.length * Float.BYTES) {
      throw new ModelRefusedException(
          id
              + " refused: its golden vector has "
              + stored.length / Float.BYTES
              + " values, expected "
              + found.length);
    }
    double cosine = cosine(fromBytes(stored), found);
    if (!(cosine >= leastCosine)) {
      throw new ModelRefusedException(
          id
              + " refused: its golden input came out with cosine "
              + cosine
              + " to the golden vector, expected "
              + leastCosine
              + " or more; model, tokenizer, pooling or runtime is not the one of the manifest");
    }
    return new Match(cosine, Arrays.equals(stored, toBytes(found)));
  }

  static byte[] toBytes(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(vector);
    return bytes.array();
  }

  private static float[] fromBytes(byte[] bytes) {
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }

  /** For a manifest about to be written. */
  static GoldenVector of(String input, float[] vector, String location, double leastCosine) {
    Float[] first = new Float[Math.min(SHOWN, vector.length)];
    Arrays.setAll(first, i -> vector[i]);
    String sha256 = PinnedBytes.sha256(toBytes(vector));
    return new GoldenVector(input, List.of(first), new PinnedSource(location, sha256), leastCosine);
  }
}
