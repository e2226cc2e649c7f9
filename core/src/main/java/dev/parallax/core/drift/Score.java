package dev.parallax.core.drift;

import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.json.CanonicalJson;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a series at the end of a pane: the record on {@code parallax.scores}, under
 * {@link Series#key()}.
 *
 * @param series whose score it is
 * @param paneStart start of the pane, event time in milliseconds
 * @param paneEnd its end, exclusive
 * @param windowStart start of the oldest pane of the window
 * @param pairs pairs of the pane
 * @param windowPairs pairs of the window, without degenerate panes
 * @param figures what can be stated
 * @param baseline id of the baseline that the verdict rests on, if there is one
 * @param verdict what is said
 * @param reasons what led to it, in words; none when healthy
 * @param counts what became of the pane's events
 * @param provenance what it was computed with
 * @param sampleDigest SHA-256 over the keys of the pane's sample in order, in hexadecimal
 */
public record Score(
    Series series,
    long paneStart,
    long paneEnd,
    long windowStart,
    long pairs,
    long windowPairs,
    Figures figures,
    Optional<String> baseline,
    Verdict verdict,
    List<String> reasons,
    EventCounts counts,
    Provenance provenance,
    String sampleDigest) {

  /** Copies the reasons. */
  public Score {
    reasons = List.copyOf(reasons);
  }

  /** The same pane with what was decided of its series. */
  public Score decided(Verdict decided, List<String> why, Figures stated) {
    return new Score(
        series,
        paneStart,
        paneEnd,
        windowStart,
        pairs,
        windowPairs,
        stated,
        baseline,
        decided,
        why,
        counts,
        provenance,
        sampleDigest);
  }

  /** The same score of another series. */
  public Score of(Series other) {
    return new Score(
        other,
        paneStart,
        paneEnd,
        windowStart,
        pairs,
        windowPairs,
        figures,
        baseline,
        verdict,
        reasons,
        counts,
        provenance,
        sampleDigest);
  }

  /** The record's value: canonical JSON, so equal scores have equal bytes. */
  public byte[] toJson() {
    return CanonicalJson.objectBytes(this::writeTo);
  }

  void writeTo(CanonicalJson json) {
    json.field("model", series.model())
        .field("version", series.version())
        .field("reference", series.reference())
        .field("slice", series.slice())
        .field("paneStart", EventTime.format(paneStart))
        .field("paneEnd", EventTime.format(paneEnd))
        .field("windowStart", EventTime.format(windowStart))
        .field("pairs", pairs)
        .field("windowPairs", windowPairs);
    figures.forEach((figure, value) -> json.field(figure.field(), value));
    baseline.ifPresent(id -> json.field("baseline", id));
    json.field("verdict", verdict.label())
        .texts("reasons", reasons)
        .object(
            "counts",
            c ->
                c.field("in", counts.in())
                    .field("sampledOut", counts.sampledOut())
                    .field("duplicate", counts.duplicate())
                    .field("late", counts.late())
                    .field("unmatched", counts.unmatched())
                    .field("rejected", counts.rejected()))
        .object(
            "provenance",
            p ->
                p.field("parallax", provenance.parallax())
                    .field("config", provenance.config())
                    .field("reference", provenance.reference())
                    .field("graph", provenance.graph())
                    .field("provider", provenance.provider())
                    .field("ort", provenance.ort())
                    .field("isa", provenance.isa())
                    .field("seed", provenance.seed()))
        .field("sampleDigest", sampleDigest);
  }
}
