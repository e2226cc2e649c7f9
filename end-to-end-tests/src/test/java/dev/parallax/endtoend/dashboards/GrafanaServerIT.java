package dev.parallax.endtoend.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A Grafana that is there takes every board, gives it back as it was, and answers every query of
 * every panel without an error.
 *
 * <p>{@code GRAFANA_URL} is its address, {@code GRAFANA_TOKEN_FILE} holds a token of a service
 * account that may write folders, boards and data sources, and {@code GRAFANA_PROMETHEUS_URL} (by
 * default http://prometheus:9090) is where Grafana finds Prometheus, should it not have our data
 * source yet.
 */
@EnabledIfEnvironmentVariable(named = "GRAFANA_URL", matches = "https?://.+")
final class GrafanaServerIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOURCE = "parallax-prometheus";
  private static final String FOLDER = "parallax-check";

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address = System.getenv("GRAFANA_URL").replaceFirst("/+$", "");

  @TestFactory
  Stream<DynamicTest> everyBoardIsTakenAndEveryQueryAnswered()
      throws IOException, InterruptedException {
    ensureSource();
    ensureFolder();
    return Board.all().stream()
        .map(board -> DynamicTest.dynamicTest(board.uid(), () -> check(board)));
  }

  private void check(Board board) throws IOException, InterruptedException {
    ObjectNode wanted = board.json().deepCopy();
    // A copy of its own, beside the provisioned one, which cannot be written.
    wanted.put("uid", "check-" + board.uid().replaceFirst("^parallax-", ""));
    wanted.put("title", "Check · " + wanted.path("title").asText());
    ObjectNode request = JSON.createObjectNode();
    request.set("dashboard", wanted);
    request.put("folderUid", FOLDER).put("overwrite", true);
    assertThat(post("/api/dashboards/db", request).path("status").asText()).isEqualTo("success");

    JsonNode taken = get("/api/dashboards/uid/" + wanted.path("uid").asText()).path("dashboard");
    assertThat(taken.path("panels")).hasSameSizeAs(wanted.path("panels"));
    for (int i = 0; i < wanted.path("panels").size(); i++) {
      JsonNode panel = wanted.path("panels").path(i);
      assertThat(taken.path("panels").path(i).path("title")).isEqualTo(panel.path("title"));
      assertThat(taken.path("panels").path(i).path("type")).isEqualTo(panel.path("type"));
      for (JsonNode target : panel.path("targets")) {
        checkQuery(board, panel, target);
      }
    }
  }

  private void checkQuery(Board board, JsonNode panel, JsonNode target)
      throws IOException, InterruptedException {
    ObjectNode query = target.deepCopy();
    query.putObject("datasource").put("type", "prometheus").put("uid", SOURCE);
    query.put("expr", anyValue(board, target.path("expr").asText()));
    query.put("intervalMs", 60_000).put("maxDataPoints", 500);
    ObjectNode request = JSON.createObjectNode().put("from", "now-1h").put("to", "now");
    ArrayNode queries = request.putArray("queries");
    queries.add(query);

    JsonNode result =
        post("/api/ds/query", request).path("results").path(target.path("refId").asText());

    assertThat(result.path("error").asText())
        .as("%s / %s: %s", board.uid(), Board.title(panel), query.path("expr"))
        .isEmpty();
    assertThat(result.path("frames").isArray()).isTrue();
  }

  /** Grafana's page fills in variables, not its server, but for the intervals. */
  private static String anyValue(Board board, String expr) {
    String filled = expr;
    for (JsonNode variable : board.variables()) {
      filled =
          filled.replaceAll(
              "\\$" + variable.path("name").asText() + "\\b",
              variable.path("includeAll").asBoolean() ? ".*" : "any");
    }
    return filled;
  }

  private void ensureSource() throws IOException, InterruptedException {
    if (send(request("/api/datasources/uid/" + SOURCE).GET()).statusCode() == 404) {
      String prometheus =
          System.getenv().getOrDefault("GRAFANA_PROMETHEUS_URL", "http://prometheus:9090");
      post(
          "/api/datasources",
          JSON.createObjectNode()
              .put("name", "Parallax")
              .put("uid", SOURCE)
              .put("type", "prometheus")
              .put("access", "proxy")
              .put("url", prometheus));
    }
  }

  private void ensureFolder() throws IOException, InterruptedException {
    if (send(request("/api/folders/" + FOLDER).GET()).statusCode() == 404) {
      post(
          "/api/folders",
          JSON.createObjectNode().put("uid", FOLDER).put("title", "Parallax check"));
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return answer(request(path).GET());
  }

  private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return answer(request(path).POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String path) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/json");
    String token = System.getenv("GRAFANA_TOKEN_FILE");
    if (token != null) {
      request.header("Authorization", "Bearer " + Files.readString(Path.of(token)).strip());
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request);
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return JSON.readTree(response.body());
  }
}
