package dev.parallax.exporter.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.drill.Shadow;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.accounting.Equation;
import dev.parallax.exporter.accounting.IngestAccounting;
import dev.parallax.exporter.feed.FeedStatus;
import dev.parallax.exporter.fleet.FleetSnapshot;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.fleet.FleetSummary;
import dev.parallax.exporter.fleet.SeriesHistory;
import dev.parallax.exporter.fleet.SeriesPoint;
import dev.parallax.exporter.fleet.SeriesStatus;
import dev.parallax.exporter.fleet.Severity;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * The JSON that the page reads. Times are RFC 3339 texts, except in the columns of a history, where
 * they are milliseconds; a figure that cannot be stated is absent, and null in a column.
 */
final class StatusApi {

  private final FleetState fleet;
  private final Supplier<FeedStatus> feed;
  private final LocalSources local;
  private final String version;

  StatusApi(FleetState fleet, Supplier<FeedStatus> feed, LocalSources local, String version) {
    this.fleet = fleet;
    this.feed = feed;
    this.local = local;
    this.version = version;
  }

  /** The overall answer and the newest score of every series. */
  String fleet() {
    FleetSnapshot snapshot = fleet.snapshot();
    FeedStatus status = feed.get();
    FleetSummary summary = FleetSummary.of(snapshot.series());
    ObjectNode json = object();
    json.put("version", version).put("banner", local.banner().get());
    json.putObject("summary")
        .put("severity", summary.severity().label())
        .put("headline", summary.headline())
        .put("detail", summary.detail());
    ObjectNode reading = json.putObject("feed");
    reading.put("connected", status.connected()).put("caughtUp", status.caughtUp());
    status.problem().ifPresent(problem -> reading.put("problem", problem));
    json.put("droppedByRetention", snapshot.droppedByRetention())
        .put("droppedByLimit", snapshot.droppedByLimit());
    ArrayNode series = json.putArray("series");
    for (SeriesStatus each : snapshot.series()) {
      addStatus(series.addObject(), each);
    }
    return json.toString();
  }

  /** The panes of one series in columns, or empty if it is not shown. */
  Optional<String> series(String key) {
    return fleet.history(key).map(StatusApi::history);
  }

  /** The newest alerts, newest first. */
  String alerts() {
    ObjectNode json = object();
    ArrayNode alerts = json.putArray("alerts");
    for (Alert alert : fleet.snapshot().alerts()) {
      ObjectNode each = alerts.addObject();
      each.put("previousVerdict", alert.previous().label()).put("runbook", alert.runbook());
      alert
          .estimatedChange()
          .ifPresent(millis -> each.put("estimatedChangeTime", EventTime.format(millis)));
      addScore(each, alert.score());
    }
    return json.toString();
  }

  /** The equations of the accounting identity. */
  String accounting() {
    ObjectNode json = object();
    ArrayNode equations = json.putArray("equations");
    FleetSnapshot before = fleet.snapshot();
    for (Equation equation : Equation.of(before, local.ingest().map(IngestAccounting::counts))) {
      ObjectNode each = equations.addObject();
      each.put("id", equation.id())
          .put("title", equation.title())
          .put("balanced", equation.balanced());
      addTerm(each.putObject("total"), equation.total());
      ArrayNode terms = each.putArray("terms");
      equation.terms().forEach(term -> addTerm(terms.addObject(), term));
    }
    return json.toString();
  }

  private static String history(SeriesHistory history) {
    ObjectNode json = object();
    SeriesStatus status = history.status();
    Score score = status.latest();
    json.put("key", score.series().key()).put("revision", status.revision());
    ObjectNode latest = json.putObject("latest");
    addStatus(latest, status);
    addCounts(latest.putObject("counts"), score.counts());
    addProvenance(latest.putObject("provenance"), score.provenance());
    latest.put("sampleDigest", score.sampleDigest());
    ArrayNode paneEnd = json.putArray("paneEnd");
    ArrayNode pairs = json.putArray("pairs");
    ArrayNode windowPairs = json.putArray("windowPairs");
    ArrayNode verdict = json.putArray("verdict");
    for (SeriesPoint point : history.points()) {
      paneEnd.add(point.paneEnd());
      pairs.add(point.pairs());
      windowPairs.add(point.windowPairs());
      verdict.add(point.verdict().label());
    }
    for (Figure figure : Figure.values()) {
      ArrayNode column = json.putArray(figure.field());
      for (SeriesPoint point : history.points()) {
        OptionalDouble value = point.figures().get(figure);
        if (value.isPresent()) {
          column.add(value.getAsDouble());
        } else {
          column.addNull();
        }
      }
    }
    return json.toString();
  }

  private static void addStatus(ObjectNode json, SeriesStatus status) {
    json.put("revision", status.revision())
        .put("arrived", status.arrived().toString())
        .put("since", EventTime.format(status.since()))
        .put("sinceKnown", status.sinceKnown());
    addScore(json, status.latest());
  }

  static void addScore(ObjectNode json, Score score) {
    Series series = score.series();
    Verdict verdict = score.verdict();
    json.put("key", series.key())
        .put("model", series.model())
        .put("version", series.version())
        .put("reference", series.reference())
        .put("slice", series.slice())
        .put("drill", Shadow.is(series.model()))
        .put("verdict", verdict.label())
        .put("severity", Severity.of(verdict).label())
        .put("windowStart", EventTime.format(score.windowStart()))
        .put("paneEnd", EventTime.format(score.paneEnd()))
        .put("pairs", score.pairs())
        .put("windowPairs", score.windowPairs());
    score.baseline().ifPresent(id -> json.put("baseline", id));
    addFigures(json.putObject("figures"), score.figures());
    ArrayNode reasons = json.putArray("reasons");
    score.reasons().forEach(reasons::add);
  }

  static void addFigures(ObjectNode json, Figures figures) {
    figures.forEach((figure, value) -> json.put(figure.field(), value));
  }

  private static void addCounts(ObjectNode json, EventCounts counts) {
    json.put("in", counts.in())
        .put("sampledOut", counts.sampledOut())
        .put("duplicate", counts.duplicate())
        .put("late", counts.late())
        .put("unmatched", counts.unmatched())
        .put("rejected", counts.rejected());
  }

  private static void addProvenance(ObjectNode json, Provenance provenance) {
    json.put("parallax", provenance.parallax())
        .put("config", provenance.config())
        .put("reference", provenance.reference())
        .put("graph", provenance.graph())
        .put("provider", provenance.provider())
        .put("ort", provenance.ort())
        .put("isa", provenance.isa())
        .put("seed", provenance.seed());
  }

  private static void addTerm(ObjectNode json, Equation.Term term) {
    json.put("name", term.name()).put("value", term.value());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
