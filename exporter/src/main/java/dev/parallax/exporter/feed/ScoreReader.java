package dev.parallax.exporter.feed;

import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;

/** Reads what {@link Score#toJson()} writes: a score that was read writes the same bytes again. */
public final class ScoreReader {

  private ScoreReader() {}

  /** The score that these bytes are, or why they are none. */
  public static ReadResult<Score> read(byte[] json) {
    try {
      return new ReadResult.Value<>(score(JsonFields.parse(json)));
    } catch (MalformedRecordException e) {
      return new ReadResult.Malformed<>(e.getMessage());
    }
  }

  static Score score(JsonFields fields) throws MalformedRecordException {
    Series series =
        new Series(
            fields.text("model"),
            fields.text("version"),
            fields.text("reference"),
            fields.text("slice"));
    Figures.Builder figures = new Figures.Builder();
    for (Figure figure : Figure.values()) {
      figures.put(figure, fields.optionalNumber(figure.field()));
    }
    return new Score(
        series,
        fields.time("paneStart"),
        fields.time("paneEnd"),
        fields.time("windowStart"),
        fields.count("pairs"),
        fields.count("windowPairs"),
        figures.build(),
        fields.optionalText("baseline"),
        verdict(fields, "verdict"),
        fields.texts("reasons"),
        counts(fields.object("counts")),
        provenance(fields.object("provenance")),
        fields.text("sampleDigest"));
  }

  static Verdict verdict(JsonFields fields, String name) throws MalformedRecordException {
    try {
      return Verdict.ofLabel(fields.text(name));
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(name + ": expected a known verdict");
    }
  }

  private static EventCounts counts(JsonFields fields) throws MalformedRecordException {
    return new EventCounts(
        fields.count("in"),
        fields.count("sampledOut"),
        fields.count("duplicate"),
        fields.count("late"),
        fields.count("unmatched"),
        fields.count("rejected"));
  }

  private static Provenance provenance(JsonFields fields) throws MalformedRecordException {
    return new Provenance(
        fields.text("parallax"),
        fields.text("config"),
        fields.text("reference"),
        fields.text("graph"),
        fields.text("provider"),
        fields.text("ort"),
        fields.text("isa"),
        fields.whole("seed"));
  }
}
