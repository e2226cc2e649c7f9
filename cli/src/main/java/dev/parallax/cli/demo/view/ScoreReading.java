package dev.parallax.cli.demo.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.EventCounts;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What the demo shows of one score.
 *
 * @param model name of the model
 * @param version its version
 * @param slice the slice, or the empty text for all traffic
 * @param paneEnd end of the pane
 * @param windowPairs pairs of the window
 * @param cka rolling CKA
 * @param ckaLow lower end of its interval
 * @param ckaHigh upper end of its interval
 * @param residual translation residual of the pane over the baseline's, by strata where it is
 *     stated
 * @param evidenceLog10 decimal logarithm of the evidence
 * @param thresholdLog10 decimal logarithm of the evidence that pages
 * @param verdict what is said
 * @param counts what became of the pane's events
 */
public record ScoreReading(
    String model,
    String version,
    String slice,
    Instant paneEnd,
    long windowPairs,
    OptionalDouble cka,
    OptionalDouble ckaLow,
    OptionalDouble ckaHigh,
    OptionalDouble residual,
    OptionalDouble evidenceLog10,
    OptionalDouble thresholdLog10,
    Verdict verdict,
    EventCounts counts) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the value of a record of the scores topic.
   *
   * @throws IllegalArgumentException if it is not a score
   */
  public static ScoreReading parse(byte[] value) {
    try {
      JsonNode score = JSON.readTree(value);
      OptionalDouble stratified = figure(score, Figure.RESIDUAL_STRATIFIED);
      return new ScoreReading(
          score.required("model").textValue(),
          score.required("version").textValue(),
          score.required("slice").textValue(),
          Instant.parse(score.required("paneEnd").textValue()),
          score.required("windowPairs").longValue(),
          figure(score, Figure.CKA),
          figure(score, Figure.CKA_LOW),
          figure(score, Figure.CKA_HIGH),
          stratified.isPresent() ? stratified : figure(score, Figure.RESIDUAL),
          figure(score, Figure.EVIDENCE_LOG10),
          figure(score, Figure.THRESHOLD_LOG10),
          Verdict.ofLabel(score.required("verdict").textValue()),
          counts(score.required("counts")));
    } catch (IOException e) {
      throw new IllegalArgumentException("score: expected JSON", e);
    }
  }

  private static OptionalDouble figure(JsonNode score, Figure figure) {
    JsonNode value = score.get(figure.field());
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue());
  }

  private static EventCounts counts(JsonNode counts) {
    return new EventCounts(
        counts.required("in").longValue(),
        counts.required("sampledOut").longValue(),
        counts.required("duplicate").longValue(),
        counts.required("late").longValue(),
        counts.required("unmatched").longValue(),
        counts.required("rejected").longValue());
  }

  /** Whether the verdict says that something is wrong with the model. */
  public boolean flagged() {
    return switch (verdict) {
      case WARMING, INSUFFICIENT, HEALTHY, WARNING, SILENT, TRAFFIC_SHIFT -> false;
      case DIVERGED, ROTATED, COLLAPSED, PAIRING_FAULT, REFERENCE_FAULT, DEGENERATE -> true;
    };
  }
}
