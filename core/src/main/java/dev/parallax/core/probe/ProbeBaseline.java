package dev.parallax.core.probe;

import static dev.parallax.core.matrix.Products.dot;

import dev.parallax.core.embedding.InputKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How one build of a model answers the probes of a set: the mean directions of some repeats, and
 * how far the repeats lie apart. Immutable.
 *
 * <p>The repeats must differ in what may differ later. A quantised model answers by the batch that
 * a text shares, so the same batches again would show no noise at all; {@code parallax probe}
 * therefore sends every cycle in another order.
 */
public final class ProbeBaseline {

  /** Fewest repeats. */
  public static final int MIN_REPEATS = 3;

  /**
   * Largest mean of {@code 1 − cos} between repeats of one build. Unsteadier answers would give a
   * tolerance that hides what probes are for. An int8 encoder in batches of 16 that change from
   * repeat to repeat was measured at 0.006, two encoders of different families at 0.7.
   */
  public static final double MAX_UNREST = 0.02;

  private final String setDigest;
  private final int repeats;
  private final ProbeCycle vectors;
  private final ProbeTolerance tolerance;

  ProbeBaseline(String setDigest, int repeats, ProbeCycle vectors, ProbeTolerance tolerance) {
    this.setDigest = setDigest;
    this.repeats = repeats;
    this.vectors = vectors;
    this.tolerance = tolerance;
  }

  /**
   * Of repeats of one build; probes that a repeat lacks are left out.
   *
   * @param setDigest {@link ProbeSet#digest()} of the probes
   * @throws IllegalArgumentException with what {@link #unfit} says
   */
  public static ProbeBaseline of(String setDigest, List<ProbeCycle> repeats) {
    Optional<String> unfit = unfit(repeats);
    if (unfit.isPresent()) {
      throw new IllegalArgumentException(unfit.get());
    }
    Map<InputKey, float[]> means = new TreeMap<>();
    for (InputKey key : keysOfAll(repeats)) {
      means.put(key, mean(repeats, key));
    }
    return new ProbeBaseline(
        setDigest, repeats.size(), ProbeCycle.of(means), ProbeTolerance.of(repeats));
  }

  /** Why these repeats make no baseline, in one line; empty if they do. */
  public static Optional<String> unfit(List<ProbeCycle> repeats) {
    if (repeats.size() < MIN_REPEATS) {
      return Optional.of(
          "expected " + MIN_REPEATS + " repeats of the probes or more, got " + repeats.size());
    }
    int width = repeats.get(0).width();
    for (ProbeCycle repeat : repeats) {
      if (repeat.width() != width) {
        return Optional.of(
            "expected repeats of one width, got " + width + " and " + repeat.width());
      }
    }
    int answered = keysOfAll(repeats).size();
    if (answered < ProbeSet.MIN_PROBES) {
      return Optional.of(
          "expected " + ProbeSet.MIN_PROBES + " probes that every repeat answers, got " + answered);
    }
    double unrest = ProbeTolerance.of(repeats).mean() / ProbeTolerance.FACTOR;
    return unrest > MAX_UNREST
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "expected repeats of one build, got answers with a mean cosine of %.4f, below %.2f",
                1 - unrest,
                1 - MAX_UNREST))
        : Optional.empty();
  }

  private static List<InputKey> keysOfAll(List<ProbeCycle> repeats) {
    List<InputKey> keys = new ArrayList<>(repeats.get(0).keys());
    for (ProbeCycle repeat : repeats) {
      keys.retainAll(repeat.keys());
    }
    return keys;
  }

  /** The mean direction with the mean length: noise would make a plain mean shorter. */
  private static float[] mean(List<ProbeCycle> repeats, InputKey key) {
    double[] direction = new double[repeats.get(0).width()];
    double length = 0;
    for (ProbeCycle repeat : repeats) {
      double[] row = repeat.rows(List.of(key))[0];
      double norm = Math.sqrt(dot(row, row));
      for (int j = 0; j < direction.length; j++) {
        direction[j] += row[j] / norm;
      }
      length += norm / repeats.size();
    }
    double factor = length / Math.sqrt(dot(direction, direction));
    float[] mean = new float[direction.length];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = (float) (direction[j] * factor);
    }
    return mean;
  }

  /** Digest of the probes; cycles of another set are not compared with it. */
  public String setDigest() {
    return setDigest;
  }

  /** How many repeats it was made of. */
  public int repeats() {
    return repeats;
  }

  /** The mean directions of the repeats, with their mean lengths. */
  public ProbeCycle vectors() {
    return vectors;
  }

  /** How far an unchanged model may answer from it. */
  public ProbeTolerance tolerance() {
    return tolerance;
  }
}
