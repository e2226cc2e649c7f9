package dev.parallax.exporter.feed;

import dev.parallax.core.drift.Alert;

/** Reads what {@link Alert#toJson()} writes: an alert that was read writes the same bytes again. */
public final class AlertReader {

  private AlertReader() {}

  /** The alert that these bytes are, or why they are none. */
  public static ReadResult<Alert> read(byte[] json) {
    try {
      JsonFields fields = JsonFields.parse(json);
      return new ReadResult.Value<>(
          new Alert(
              ScoreReader.score(fields.object("score")),
              ScoreReader.verdict(fields, "previousVerdict"),
              fields.optionalTime("estimatedChangeTime")));
    } catch (MalformedRecordException e) {
      return new ReadResult.Malformed<>(e.getMessage());
    }
  }
}
