package dev.parallax.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.exporter.Baselines;
import dev.parallax.exporter.FakeClock;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.Scores;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.web.WebConfig;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API for scripts, over HTTP. */
class ApiV1Test {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final FleetState fleet = new FleetState(Duration.ofHours(1), 2000, 1200, new FakeClock());
  private StatusServer server;

  @BeforeEach
  void start() {
    server =
        new StatusServer(
            "127.0.0.1",
            0,
            WebConfig.NONE,
            fleet,
            new FakeFeed(),
            LocalSources.NONE,
            PageBudget.DEFAULT,
            "0.1.0");
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aSeriesComesWithItsVerdictItsReasonsAndItsNewestFigures() throws Exception {
    fleet.accept(
        Scores.of(
            Scores.series("a"), 1, Verdict.DIVERGED, Map.of(Figure.CKA, 0.5), "the residual rose"));
    fleet.accept(Baselines.armed(Scores.series("a"), "b-1", Scores.START));

    JsonNode series = get("series").get("series");

    assertThat(series).hasSize(1);
    assertThat(series.get(0))
        .isEqualTo(
            JSON.readTree(
                """
                {"key":"a|1|bge-small@1.5|","model":"a","version":"1","reference":"bge-small@1.5",
                "slice":"","drill":false,"verdict":"diverged","severity":"alarm",
                "paneEnd":"2026-11-22T10:02:00.000Z","pairs":256,"windowPairs":512,"baseline":"b-1",
                "figures":{"cka":0.5},"reasons":["the residual rose"],
                "windowStart":"2026-11-22T10:00:00.000Z","armedSince":"2026-11-22T10:00:00.000Z"}
                """));
  }

  @Test
  void pagesMeetWithoutGapOrOverlapEvenWhereASeriesVanishesBetweenThem() throws Exception {
    for (int i = 0; i < 250; i++) {
      fleet.accept(Scores.healthy(String.format("m%03d", i), 1));
    }
    JsonNode first = get("series");
    assertThat(first.get("series")).hasSize(100);
    String after = first.get("next").textValue();
    fleet.remove(after);
    JsonNode second = get("series?limit=100&after=" + encode(after));
    JsonNode third = get("series?after=" + encode(second.get("next").textValue()));

    assertThat(third.has("next")).isFalse();
    List<String> models = new ArrayList<>();
    for (JsonNode page : List.of(first, second, third)) {
      page.get("series").forEach(each -> models.add(each.get("model").textValue()));
    }
    assertThat(models).hasSize(250).isSorted().doesNotHaveDuplicates();
    assertThat(get("series?limit=1000").get("series")).hasSize(249);
    assertThat(get("series?limit=249").has("next")).isFalse();
  }

  @Test
  void seriesAndAlertsAreFilteredByModelAndVerdict() throws Exception {
    fleet.accept(Scores.healthy("a", 1));
    fleet.accept(Scores.of(Scores.series("b"), 1, Verdict.ROTATED, Map.of()));
    fleet.accept(alert("a", 1));
    fleet.accept(alert("b", 2));

    assertThat(models("series?model=b", "series")).containsExactly("b");
    assertThat(models("series?verdict=healthy", "series")).containsExactly("a");
    assertThat(models("series?verdict=healthy&model=b", "series")).isEmpty();
    assertThat(models("alerts", "alerts")).containsExactly("b", "a");
    assertThat(models("alerts?limit=1", "alerts")).containsExactly("b");
    assertThat(models("alerts?model=a&verdict=healthy", "alerts")).containsExactly("a");
    assertThat(get("alerts").get("alerts").get(0).get("estimatedChangeTime").textValue())
        .isEqualTo("2026-11-22T10:00:00.000Z");
  }

  @Test
  void scoresAreThoseOfTheTimeAskedForAndTheNextPageBeginsWhereOneEnds() throws Exception {
    for (int pane = 0; pane < 1100; pane++) {
      fleet.accept(Scores.healthy("a", pane));
    }
    String scores = "scores?series=" + encode(Scores.series("a").key());

    assertThat(get(scores).get("scores")).hasSize(100);
    assertThat(get(scores + "&limit=1000").get("scores")).hasSize(1000);
    JsonNode next =
        get(scores + "&limit=1000&from=" + get(scores + "&limit=1000").get("next").textValue());
    assertThat(next.get("scores")).hasSize(100);
    assertThat(next.has("next")).isFalse();

    JsonNode some = get(scores + "&from=2026-11-22T10:02:00Z&to=2026-11-22T10:04:00Z");
    assertThat(some.get("key").textValue()).isEqualTo("a|1|bge-small@1.5|");
    assertThat(some.get("scores"))
        .extracting(score -> score.get("paneEnd").textValue())
        .containsExactly("2026-11-22T10:02:00.000Z", "2026-11-22T10:03:00.000Z");
    assertThat(some.get("scores").get(0).get("figures").get("cka").doubleValue()).isEqualTo(0.9);
    assertThat(get(scores + "&to=2020-01-01T00:00:00Z").get("scores")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "series?limit=0 400 limit 'expected a whole number from 1 to 1000'",
        "series?limit=1001 400 limit 'expected a whole number from 1 to 1000'",
        "series?limit=many 400 limit 'expected a whole number from 1 to 1000'",
        "series?verdict=bad 400 verdict 'expected a verdict, such as diverged'",
        "series?mode=a 400 mode 'expected one of the parameters model, verdict, limit, after'",
        "series?model=a&model=b 400 model 'expected once'",
        "scores 400 series 'expected model|version|reference|slice'",
        "scores?series=x&from=yesterday 400 from 'expected a time such as 2026-11-22T10:00:00Z'",
        "scores?series=x 404 series 'no such series'",
        "alerts?after=x 400 after 'expected one of the parameters model, verdict, limit'",
        "nothing 404 '' 'no such path'",
      })
  void aMistakeIsNamedInOneShape(String path, int status, String parameter, String message)
      throws Exception {
    HttpResponse<String> reply = send(path);

    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/json");
    JsonNode error = JSON.readTree(reply.body()).get("error");
    assertThat(error.get("status").intValue()).isEqualTo(status);
    assertThat(error.path("parameter").asText()).isEqualTo(parameter);
    assertThat(error.get("message").textValue()).isEqualTo(message);
  }

  @Test
  void nothingIsToBeKept() throws Exception {
    assertThat(send("series").headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void everyFieldIsDocumented() throws Exception {
    fleet.accept(
        Scores.of(Scores.series("a"), 1, Verdict.DIVERGED, Map.of(Figure.CKA, 0.5), "why"));
    fleet.accept(Scores.healthy("b", 1));
    fleet.accept(Scores.healthy("b", 2));
    fleet.accept(Baselines.armed(Scores.series("a"), "b-1", Scores.START));
    fleet.accept(alert("a", 1));
    Set<String> fields = new TreeSet<>();
    collect(get("series?limit=1"), fields);
    collect(get("alerts"), fields);
    collect(get("scores?limit=1&series=" + encode(Scores.series("b").key())), fields);
    collect(JSON.readTree(send("series?limit=x").body()), fields);
    for (Figure figure : Figure.values()) {
      fields.add(figure.field());
    }

    String document = Files.readString(Path.of("..", "docs", "api.md"));

    assertThat(fields)
        .contains("next", "key", "error")
        .allMatch(f -> document.contains("`" + f + "`"));
  }

  private static void collect(JsonNode node, Set<String> fields) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      fields.add(field.getKey());
      collect(field.getValue(), fields);
    }
    if (node.isArray()) {
      node.forEach(item -> collect(item, fields));
    }
  }

  private static Alert alert(String model, int pane) {
    return new Alert(Scores.healthy(model, pane), Verdict.WARNING, OptionalLong.of(Scores.START));
  }

  private List<String> models(String path, String list) throws Exception {
    List<String> models = new ArrayList<>();
    get(path).get(list).forEach(each -> models.add(each.get("model").textValue()));
    return models;
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> reply = send(path);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }

  private HttpResponse<String> send(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.address().resolve("/api/v1/" + path)).build(),
        BodyHandlers.ofString());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
