package dev.parallax.cli.demo.models;

import dev.parallax.core.embedding.InputKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What goes wrong with a model of the demo.
 *
 * <p>Two faults change how the model encodes, the others what becomes of its vectors. All are
 * deterministic: what is random is drawn from the input's key.
 */
public enum Fault {
  /** The service cuts every text after {@value #TRUNCATED_TOKENS} tokens. */
  TRUNCATION("its maximal length was set to " + Fault.TRUNCATED_TOKENS + " tokens"),
  /** A share of answers is that of the previous request. */
  STALE_ANSWERS("30% of its answers are those of the previous request"),
  /** Noise on every vector. */
  NOISE("its vectors carry noise of 20% of their length"),
  /** Half of every vector is zero. */
  ZEROED_DIMENSIONS("half of the elements of its vectors are zero"),
  /** Another encoder answers under the model's name. */
  MODEL_SWAP("another encoder answers under its name and version"),
  /** Nothing goes wrong. */
  NONE("nothing goes wrong");

  private static final int TRUNCATED_TOKENS = 5;
  private static final double STALE_SHARE = 0.3;
  private static final double NOISE_RATIO = 0.2;

  private final String description;

  Fault(String description) {
    this.description = description;
  }

  /** The fault as it is written on the command line, such as {@code stale-answers}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What goes wrong, as the end of a sentence about the model. */
  public String description() {
    return description;
  }

  /** Whether the texts are encoded in another way than before. */
  public boolean changesEncoding() {
    return this == TRUNCATION || this == MODEL_SWAP;
  }

  /**
   * The fault with this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Fault ofLabel(String label) {
    for (Fault fault : values()) {
      if (fault.label().equals(label)) {
        return fault;
      }
    }
    throw new IllegalArgumentException(
        "fault="
            + label
            + ": expected "
            + Arrays.stream(values()).map(Fault::label).collect(Collectors.joining(", ")));
  }

  /** How a model with this fault encodes, where it should run {@code encoder}. */
  public Encoding encoding(DemoEncoder encoder) {
    return switch (this) {
      case TRUNCATION -> Encoding.truncated(encoder, TRUNCATED_TOKENS);
      case MODEL_SWAP ->
          Encoding.of(
              encoder == DemoEncoder.E5_SMALL_INT8
                  ? DemoEncoder.BGE_SMALL_INT8
                  : DemoEncoder.E5_SMALL_INT8);
      case STALE_ANSWERS, NOISE, ZEROED_DIMENSIONS, NONE -> Encoding.of(encoder);
    };
  }

  /**
   * What a model with this fault answers.
   *
   * @param vector its vector of the input, from {@link #encoding}; not changed
   * @param previous its vector of the request before; not changed
   * @param key key of the input
   */
  public float[] answer(float[] vector, float[] previous, InputKey key) {
    return switch (this) {
      case STALE_ANSWERS ->
          randomOf(key).nextDouble() < STALE_SHARE ? previous.clone() : vector.clone();
      case NOISE -> withNoise(vector, randomOf(key));
      case ZEROED_DIMENSIONS -> {
        float[] half = vector.clone();
        Arrays.fill(half, vector.length / 2, vector.length, 0);
        yield half;
      }
      case TRUNCATION, MODEL_SWAP, NONE -> vector.clone();
    };
  }

  private static Random randomOf(InputKey key) {
    return new Random(key.high() ^ Long.rotateLeft(key.low(), 32));
  }

  /** Adds a vector of random direction and {@value #NOISE_RATIO} times the length. */
  private static float[] withNoise(float[] vector, Random random) {
    double[] noise = new double[vector.length];
    double squaredNoise = 0;
    double squaredVector = 0;
    for (int i = 0; i < vector.length; i++) {
      noise[i] = random.nextGaussian();
      squaredNoise += noise[i] * noise[i];
      squaredVector += (double) vector[i] * vector[i];
    }
    double scale = NOISE_RATIO * Math.sqrt(squaredVector / squaredNoise);
    float[] sum = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      sum[i] = (float) (vector[i] + scale * noise[i]);
    }
    return sum;
  }
}
