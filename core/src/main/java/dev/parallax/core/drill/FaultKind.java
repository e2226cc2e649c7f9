package dev.parallax.core.drill;

import static dev.parallax.core.drill.FaultLayer.ENCODER;
import static dev.parallax.core.drill.FaultLayer.STREAM;
import static dev.parallax.core.drill.FaultLayer.TEXT;
import static dev.parallax.core.drill.FaultLayer.TRAFFIC;
import static dev.parallax.core.drill.FaultLayer.VECTOR;

import dev.parallax.core.drift.Verdict;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The catalogue of faults: what can go wrong with a model, its stream or its traffic, and what must
 * be said of it.
 *
 * <p>Every fault is deterministic: what is random in it is drawn from the input's key or from a
 * fixed seed. Its numbers are those of {@link Strength}.
 */
public enum FaultKind {
  /** The vectors of the tokens are pooled in another way than the model was trained for. */
  WRONG_POOLING(
      ENCODER,
      Verdict.DIVERGED,
      "it pools the vectors of a text's tokens in the wrong way",
      "first token for mean, mean for first token"),

  /** The words that the model wants before every text are missing. */
  MISSING_PREFIX(
      ENCODER,
      Verdict.DIVERGED,
      "the prefix that it wants before every text is missing",
      "the whole prefix"),

  /**
   * Lower-casing is lost, so that the first word of every text, which is capitalised, is none that
   * the vocabulary knows. Done as {@link BrokenTokenizer} does it, on texts without capitals.
   */
  BROKEN_TOKENIZER(
      TEXT,
      Verdict.DIVERGED,
      "its tokenizer no longer knows capitalised words",
      "the first word of every text"),

  /** Texts are cut short. */
  TRUNCATION(
      ENCODER,
      Verdict.DIVERGED,
      "its maximal length was set to " + Strength.TRUNCATED_TOKENS + " tokens",
      Strength.TRUNCATED_TOKENS + " tokens, marker tokens included"),

  /**
   * Vectors are no longer scaled to unit length: their directions hold, but inner products with
   * vectors that were stored before mean something else.
   */
  MISSING_NORMALISATION(
      ENCODER,
      Verdict.ROTATED,
      "its vectors are no longer scaled to unit length",
      "every vector as the model pools it"),

  /** Another version of the model's weights answers under the name of this one. */
  WRONG_VERSION(
      ENCODER,
      Verdict.DIVERGED,
      "another version's weights answer under its version",
      "bge-small-en under the name of bge-small-en-v1.5"),

  /** A model of another family answers under this one's name. */
  MODEL_SWAP(
      ENCODER,
      Verdict.DIVERGED,
      "a model of another family answers under its name and version",
      "every answer"),

  /** Vectors are sent as 8-bit integers with a scale of their own: cheaper, and as good. */
  INT8(
      VECTOR,
      Verdict.HEALTHY,
      "it sends its vectors as 8-bit integers, which harms nobody",
      "8 bits an element, a scale for each vector"),

  /** Vectors are rounded to very few steps. */
  COARSE_QUANTISATION(
      VECTOR,
      Verdict.DIVERGED,
      "the elements of its vectors are rounded to " + Strength.ELEMENT_BITS + " bits",
      Strength.ELEMENT_BITS + " bits an element, a scale for each vector"),

  /** Noise on the weight matrices, as after a faulty conversion or a damaged file. */
  WEIGHT_NOISE(
      ENCODER,
      Verdict.DIVERGED,
      "its weights carry noise of " + (int) (100 * Strength.WEIGHT_NOISE) + "%",
      "Gaussian, "
          + (int) (100 * Strength.WEIGHT_NOISE)
          + "% of the standard deviation of each weight matrix"),

  /** The weight matrices are rounded to 4 bits. */
  WEIGHTS_4BIT(
      ENCODER,
      Verdict.DIVERGED,
      "its weights are rounded to " + Strength.WEIGHT_BITS + " bits",
      Strength.WEIGHT_BITS + " bits a weight, a scale for each column or as quantised before"),

  /** The second half of every vector is zero. */
  HALF_ZEROED(
      VECTOR,
      Verdict.DIVERGED,
      "half of the elements of its vectors are zero",
      "the second half of every vector"),

  /** All vectors lie in a plane. */
  RANK_COLLAPSE(
      VECTOR,
      Verdict.COLLAPSED,
      "its vectors lie in a space of " + Strength.COLLAPSED_RANK + " dimensions",
      "the first " + Strength.COLLAPSED_RANK + " principal directions of its healthy vectors"),

  /** Every vector is turned in the same way: among themselves they are as before. */
  ROTATED_BASIS(
      VECTOR,
      Verdict.ROTATED,
      "the basis of its space was turned",
      "one random orthogonal matrix for all vectors"),

  /** The elements of every vector are in another order, the same for all. */
  PERMUTED_DIMENSIONS(
      VECTOR,
      Verdict.ROTATED,
      "the elements of its vectors are in another order",
      "one random permutation for all vectors"),

  /** Few answers are those of the previous request, as of a cache that goes wrong now and then. */
  STALE_ANSWERS_5(
      STREAM,
      Verdict.PAIRING_FAULT,
      percent(Strength.STALE_FEW) + " of its answers are those of the previous request",
      percent(Strength.STALE_FEW) + " of the answers"),

  /** Many answers are those of the previous request. */
  STALE_ANSWERS_20(
      STREAM,
      Verdict.PAIRING_FAULT,
      percent(Strength.STALE_MANY) + " of its answers are those of the previous request",
      percent(Strength.STALE_MANY) + " of the answers"),

  /** Requests and responses are joined wrongly: neighbours have each other's vectors. */
  MIS_JOINED(
      STREAM,
      Verdict.PAIRING_FAULT,
      percent(Strength.MIS_JOINED) + " of its vectors are joined to another input than their own",
      percent(Strength.MIS_JOINED) + " of the pairs"),

  /** Inputs are asked again and again. */
  REPEATED_TRAFFIC(
      TRAFFIC,
      Verdict.TRAFFIC_SHIFT,
      percent(Strength.REPEATED) + " of its requests repeat an earlier one",
      percent(Strength.REPEATED) + " of the requests repeat an earlier input of their pane"),

  /** The model moves towards another family, little by little. */
  SLOW_DRIFT(
      ENCODER,
      Verdict.DIVERGED,
      "its vectors drift to those of another family over " + Strength.DRIFT_PANES + " panes",
      "a mix with the vector of another family, its share growing from 0 to 1 over "
          + Strength.DRIFT_PANES
          + " panes"),

  /** Every answer is the same. */
  DEAD_MODEL(
      VECTOR, Verdict.DEGENERATE, "it answers everything with the same vector", "every answer"),

  /** Nothing comes any more. */
  NO_EVENTS(STREAM, Verdict.SILENT, "nothing is heard of it any more", "no event at all"),

  /** The same model is asked about other things. */
  TRAFFIC_TOPICS(
      TRAFFIC,
      Verdict.TRAFFIC_SHIFT,
      "it is asked about other topics, which is no fault of its own",
      "requests of a few topics only"),

  /** Ten times the traffic. */
  TRAFFIC_X10(
      TRAFFIC,
      Verdict.HEALTHY,
      "it has " + Strength.VOLUME + " times the traffic, which is no fault of its own",
      Strength.VOLUME + " times the requests"),

  /** A tenth of the traffic. */
  TRAFFIC_DIV10(
      TRAFFIC,
      Verdict.HEALTHY,
      "it has 1/" + Strength.VOLUME + " of the traffic, which is no fault of its own",
      "1/" + Strength.VOLUME + " of the requests"),

  /** A new region: the requests are in another language. */
  NEW_LANGUAGE(
      TRAFFIC,
      Verdict.TRAFFIC_SHIFT,
      "it is asked in German, which is no fault of its own",
      "every request is a German name of a language, country, currency or time zone");

  private final FaultLayer layer;
  private final Verdict verdict;
  private final String description;
  private final String strength;

  FaultKind(FaultLayer layer, Verdict verdict, String description, String strength) {
    this.layer = layer;
    this.verdict = verdict;
    this.description = description;
    this.strength = strength;
  }

  private static String percent(double share) {
    return Math.round(100 * share) + "%";
  }

  /** The fault as it is written on a command line, such as {@code wrong-pooling}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What goes wrong, as the end of a sentence about the model. */
  public String description() {
    return description;
  }

  /** How much of it, in words. */
  public String strength() {
    return strength;
  }

  /** Where it acts. */
  public FaultLayer layer() {
    return layer;
  }

  /** What must be said of a series with this fault. */
  public Verdict verdict() {
    return verdict;
  }

  /** Whether nothing is wrong with the model, so that nobody may be paged. */
  public boolean benign() {
    return verdict == Verdict.HEALTHY || verdict == Verdict.TRAFFIC_SHIFT;
  }

  /**
   * The fault with this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FaultKind ofLabel(String label) {
    for (FaultKind kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "fault="
            + label
            + ": expected one of "
            + Arrays.stream(values()).map(FaultKind::label).collect(Collectors.joining(", ")));
  }
}
