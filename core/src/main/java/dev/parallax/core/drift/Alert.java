package dev.parallax.core.drift;

import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.json.CanonicalJson;
import java.util.OptionalLong;

/**
 * A change of verdict: the record on {@code parallax.alerts}, under the key of the series.
 *
 * @param score the score that caused it; its verdict is the new one
 * @param previous the verdict before
 * @param estimatedChange when the series seems to have changed, event time in milliseconds, where
 *     that can be said
 */
public record Alert(Score score, Verdict previous, OptionalLong estimatedChange) {

  /** Where the runbook of this alert's verdict is, relative to the root of the project. */
  public String runbook() {
    return "docs/runbooks/" + score.verdict().label() + ".md";
  }

  /** The record's value: canonical JSON. */
  public byte[] toJson() {
    return CanonicalJson.objectBytes(
        json -> {
          json.field("model", score.series().model())
              .field("version", score.series().version())
              .field("reference", score.series().reference())
              .field("slice", score.series().slice())
              .field("time", EventTime.format(score.paneEnd()))
              .field("verdict", score.verdict().label())
              .field("previousVerdict", previous.label());
          estimatedChange.ifPresent(
              millis -> json.field("estimatedChangeTime", EventTime.format(millis)));
          json.field("runbook", runbook()).object("score", score::writeTo);
        });
  }
}
