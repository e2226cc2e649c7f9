package dev.parallax.endtoend.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A real Prometheus on loopback, over a folder that outlives it. */
final class PrometheusServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final String address;

  private PrometheusServer(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Starts one with this configuration, and returns once it answers. */
  static PrometheusServer start(Path configuration, Path data, int port)
      throws IOException, InterruptedException {
    String listen = "127.0.0.1:" + port;
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + data,
                // What is replayed may be of any time.
                "--storage.tsdb.retention.time=100y",
                "--web.listen-address=" + listen)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                    configuration.resolveSibling("prometheus.log").toFile()))
            .start();
    PrometheusServer server = new PrometheusServer(process, "http://" + listen);
    server.awaitReady();
    return server;
  }

  private void awaitReady() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    HttpRequest ready = HttpRequest.newBuilder(URI.create(address + "/-/ready")).build();
    while (Instant.now().isBefore(end)) {
      if (!process.isAlive()) {
        throw new AssertionError("Prometheus ended with " + process.exitValue());
      }
      try {
        if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (ConnectException notYet) {
        // It does not listen yet.
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError("Prometheus is not ready after " + PATIENCE);
  }

  /** The result of this expression over a span of time. */
  JsonNode range(String expr, Span span) throws IOException, InterruptedException {
    return ask(
        "query_range",
        Map.of(
            "query",
            expr,
            "start",
            String.valueOf(span.start().getEpochSecond()),
            "end",
            String.valueOf(span.end().getEpochSecond()),
            "step",
            String.valueOf(span.step().toSeconds())));
  }

  /** The label sets of the series that this selector matched in a span of time. */
  JsonNode series(String selector, Span span) throws IOException, InterruptedException {
    return ask(
        "series",
        Map.of(
            "match[]",
            selector,
            "start",
            String.valueOf(span.start().getEpochSecond()),
            "end",
            String.valueOf(span.end().getEpochSecond())));
  }

  /** The groups of rules that it has loaded, and how they fare. */
  JsonNode ruleGroups() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/v1/rules")).build();
    return answer(request).path("groups");
  }

  private JsonNode ask(String path, Map<String, String> parameters)
      throws IOException, InterruptedException {
    String form =
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return answer(
        HttpRequest.newBuilder(URI.create(address + "/api/v1/" + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
    String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    JsonNode answer = JSON.readTree(body);
    if (!answer.path("status").asText().equals("success")) {
      throw new AssertionError("Prometheus refuses: " + answer.path("error").asText());
    }
    return answer.path("data");
  }

  /** Ends it in good order, so that what it scraped is on disk. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new AssertionError("Prometheus did not stop within " + PATIENCE, e);
    }
  }

  /**
   * A span of time, as a board shows it.
   *
   * @param start its begin
   * @param end its end
   * @param step between two points of a line
   */
  record Span(Instant start, Instant end, Duration step) {

    Duration length() {
      return Duration.between(start, end);
    }
  }
}
