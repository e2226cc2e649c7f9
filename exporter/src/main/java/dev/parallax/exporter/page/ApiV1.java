package dev.parallax.exporter.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.fleet.FleetSnapshot;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.fleet.SeriesHistory;
import dev.parallax.exporter.fleet.SeriesPoint;
import dev.parallax.exporter.fleet.SeriesStatus;
import dev.parallax.exporter.page.Query.BadRequestException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API for scripts, {@code /api/v1/…}: JSON whose fields stay, and to which others may be added.
 * Every answer is bounded, and says where the next one begins. Times are RFC 3339 texts; a figure
 * that cannot be stated is absent.
 */
final class ApiV1 {

  static final String PREFIX = "/api/v1/";

  private static final Comparator<SeriesStatus> BY_KEY =
      Comparator.comparing(status -> status.latest().series());

  private final FleetState fleet;

  ApiV1(FleetState fleet) {
    this.fleet = fleet;
  }

  /** What to reply to a path that begins with {@link #PREFIX}. */
  Reply reply(String path, @Nullable String query) {
    try {
      return switch (path.substring(PREFIX.length())) {
        case "series" ->
            Reply.json(series(Query.parse(query, List.of("model", "verdict", "limit", "after"))));
        case "scores" -> scores(Query.parse(query, List.of("series", "from", "to", "limit")));
        case "alerts" ->
            Reply.json(alerts(Query.parse(query, List.of("model", "verdict", "limit"))));
        default -> error(404, "", "no such path");
      };
    } catch (BadRequestException e) {
      return error(400, e.parameter(), String.valueOf(e.getMessage()));
    }
  }

  private String series(Query query) throws BadRequestException {
    int limit = query.limit();
    Optional<Verdict> verdict = query.verdict();
    Optional<String> model = query.text("model");
    String after = query.text("after").orElse("");
    FleetSnapshot snapshot = fleet.snapshot();
    Iterator<SeriesStatus> found =
        snapshot.series().stream()
            .filter(status -> status.latest().series().key().compareTo(after) > 0)
            .filter(status -> matches(status.latest().series(), model))
            .filter(status -> verdict.map(status.latest().verdict()::equals).orElse(true))
            .sorted(BY_KEY)
            .iterator();
    ObjectNode json = object();
    ArrayNode series = json.putArray("series");
    String last = after;
    while (series.size() < limit && found.hasNext()) {
      SeriesStatus status = found.next();
      ObjectNode each = series.addObject();
      StatusApi.addScore(each, status.latest());
      Long armed = snapshot.armedSince().get(status.latest().series());
      if (armed != null) {
        each.put("armedSince", EventTime.format(armed));
      }
      last = status.latest().series().key();
    }
    if (found.hasNext()) {
      json.put("next", last);
    }
    return json.toString();
  }

  private Reply scores(Query query) throws BadRequestException {
    int limit = query.limit();
    long from = query.time("from", Long.MIN_VALUE);
    long to = query.time("to", Long.MAX_VALUE);
    String key =
        query
            .text("series")
            .orElseThrow(
                () -> new BadRequestException("series", "expected model|version|reference|slice"));
    Optional<SeriesHistory> history = fleet.history(key);
    if (history.isEmpty()) {
      return error(404, "series", "no such series");
    }
    ObjectNode json = object();
    json.put("key", key);
    ArrayNode scores = json.putArray("scores");
    for (SeriesPoint point : history.get().points()) {
      if (point.paneEnd() < from || point.paneEnd() >= to) {
        continue;
      }
      if (scores.size() == limit) {
        json.put("next", EventTime.format(point.paneEnd()));
        break;
      }
      ObjectNode score = scores.addObject();
      score
          .put("paneEnd", EventTime.format(point.paneEnd()))
          .put("verdict", point.verdict().label())
          .put("pairs", point.pairs())
          .put("windowPairs", point.windowPairs());
      StatusApi.addFigures(score.putObject("figures"), point.figures());
    }
    return Reply.json(json.toString());
  }

  private String alerts(Query query) throws BadRequestException {
    int limit = query.limit();
    Optional<Verdict> verdict = query.verdict();
    Optional<String> model = query.text("model");
    ObjectNode json = object();
    ArrayNode alerts = json.putArray("alerts");
    fleet.snapshot().alerts().stream()
        .filter(alert -> matches(alert.score().series(), model))
        .filter(alert -> verdict.map(alert.score().verdict()::equals).orElse(true))
        .limit(limit)
        .forEach(alert -> add(alerts.addObject(), alert));
    return json.toString();
  }

  private static void add(ObjectNode json, Alert alert) {
    json.put("previousVerdict", alert.previous().label()).put("runbook", alert.runbook());
    alert
        .estimatedChange()
        .ifPresent(millis -> json.put("estimatedChangeTime", EventTime.format(millis)));
    StatusApi.addScore(json, alert.score());
  }

  private static boolean matches(Series series, Optional<String> model) {
    return model.map(series.model()::equals).orElse(true);
  }

  private static Reply error(int status, String parameter, String message) {
    ObjectNode json = object();
    ObjectNode error = json.putObject("error");
    error.put("status", status);
    if (!parameter.isEmpty()) {
      error.put("parameter", parameter);
    }
    error.put("message", message);
    return Reply.json(status, json.toString());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
