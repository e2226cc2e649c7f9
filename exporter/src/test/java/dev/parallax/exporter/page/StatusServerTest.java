package dev.parallax.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.SyntheticFleet;
import dev.parallax.exporter.feed.FeedStatus;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.web.WebConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeFeed feed = new FakeFeed();
  private final FleetState fleet = SyntheticFleet.create();
  private StatusServer server;

  @BeforeEach
  void start() {
    server = listen(0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/assets/status.css, text/css; charset=utf-8",
    "/assets/status.js, text/javascript; charset=utf-8",
    "/docs/runbooks/diverged.md, text/html; charset=utf-8",
    "/assets/favicon.svg, image/svg+xml",
    "/metrics, text/plain; version=0.0.4; charset=utf-8",
    "/api/fleet, application/json",
    "/api/alerts, application/json",
    "/api/accounting, application/json",
    "/healthz, text/plain; charset=utf-8",
    "/readyz, text/plain; charset=utf-8",
    "/-/healthy, text/plain; charset=utf-8",
    "/-/ready, text/plain; charset=utf-8",
  })
  void everyPageHasItsTypeAndTheSecurityHeaders(String path, String type) throws Exception {
    HttpResponse<String> reply = get(path);

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isNotEmpty();
    assertThat(header(reply, "Content-Type")).isEqualTo(type);
    assertThat(header(reply, "Content-Security-Policy")).startsWith("default-src 'self';");
    assertThat(header(reply, "X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void thePageNamesNoOtherHost() throws Exception {
    for (String path : new String[] {"/", "/assets/status.css", "/assets/status.js"}) {
      assertThat(get(path).body().replace("http://www.w3.org/2000/svg", ""))
          .doesNotContain("http://", "https://", "//cdn");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/index.html",
        "/assets/",
        "/assets/index.html",
        "/docs/",
        "/docs/nothing.md",
        "/docs/runbooks/../verdicts.md",
        "/docs/runbooks/%2e%2e/verdicts.md",
        "/docs//runbooks/diverged.md",
        "/docs/decisions/README.md",
        "/docs/verdicts",
        "/assets/../index.html",
        "/assets/..%2fPageAssets.class",
        "/assets/%2e%2e/PageAssets.class",
        "/assets/....//status.css",
        "/assets/status.css%00",
        "//assets/status.css",
        "/../../etc/passwd",
        "/metrics/",
        "/api/series/x"
      })
  void anyOtherPathIsNotFound(String path) throws Exception {
    assertThat(raw("GET " + path + " HTTP/1.1")).startsWith("HTTP/1.1 404 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
  void nothingCanBeChanged(String method) throws Exception {
    assertThat(raw(method + " /metrics HTTP/1.1"))
        .startsWith("HTTP/1.1 405 ")
        .containsIgnoringCase("\r\nAllow: GET, HEAD\r\n");
  }

  @Test
  void headAnswersWithTheHeadersAlone() throws Exception {
    String reply = raw("HEAD /assets/favicon.svg HTTP/1.1");
    int length = get("/assets/favicon.svg").body().length();

    assertThat(reply)
        .startsWith("HTTP/1.1 200 ")
        .containsIgnoringCase("Content-Length: " + length)
        .endsWith("\r\n\r\n");
  }

  @Test
  void metricsComeInTheFormatThatIsAskedFor() throws Exception {
    HttpResponse<String> reply =
        send(request("/metrics").header("Accept", "application/openmetrics-text;version=1.0.0"));

    assertThat(header(reply, "Content-Type")).startsWith("application/openmetrics-text");
    assertThat(reply.body()).contains("parallax_cka_ratio{model=\"e5-small-q8\"");
  }

  @Test
  void longAnswersAreCompressedForThoseWhoTakeIt() throws Exception {
    HttpResponse<byte[]> reply =
        client.send(
            request("/metrics").header("Accept-Encoding", "gzip").build(),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(reply.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("parallax_cka_ratio");
    }
  }

  @Test
  void theFleetHasItsAnswerAndTheNewestScores() throws Exception {
    JsonNode json = json("/api/fleet");

    assertThat(json.at("/summary/headline").asText()).isEqualTo("1 of 3 models has diverged");
    assertThat(json.at("/banner").asText()).isEqualTo("demo");
    assertThat(json.at("/series")).hasSize(3);
    assertThat(json.at("/series/0/verdict").asText()).isEqualTo("diverged");
    assertThat(json.at("/series/0/figures/cka").asDouble()).isBetween(0.4, 0.6);
    assertThat(json.at("/series/0/figures").has("probeCosineMin")).isFalse();
    assertThat(json.at("/series/0/since").asText()).isEqualTo("2026-11-22T11:34:00.000Z");
    assertThat(json.at("/series/0/drill").asBoolean()).isFalse();
  }

  @Test
  void aSeriesHasItsHistoryInColumnsOfOneLength() throws Exception {
    JsonNode json = json(seriesPath(json("/api/fleet").at("/series/0/key").asText()));

    assertThat(json.at("/paneEnd")).hasSize(120);
    for (String column : new String[] {"cka", "ckaLow", "paneCka", "pairs", "verdict"}) {
      assertThat(json.get(column)).as(column).hasSize(120);
    }
    assertThat(json.at("/latest/provenance/config").asText()).isEqualTo("c0ffee");
    assertThat(json.at("/latest/counts/in").asLong()).isEqualTo(1000);
    assertThat(json.at("/ckaLow/0").isNull()).isTrue();
    assertThat(json.at("/evidenceLog10/0").isNull()).isTrue();
  }

  @Test
  void anUnknownSeriesIsNotFoundAndAMissingKeyIsABadRequest() throws Exception {
    assertThat(get(seriesPath("nobody|1|r|")).statusCode()).isEqualTo(404);
    assertThat(get("/api/series").statusCode()).isEqualTo(400);
    assertThat(get("/api/series?key=a&key=b").statusCode()).isEqualTo(400);
    assertThat(raw("GET /api/series?key=%zz HTTP/1.1")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void alertsTellTheVerdictBeforeAndTheRunbook() throws Exception {
    JsonNode alert = json("/api/alerts").at("/alerts/0");

    assertThat(alert.at("/previousVerdict").asText()).isEqualTo("healthy");
    assertThat(alert.at("/runbook").asText()).isEqualTo("docs/runbooks/diverged.md");
    assertThat(alert.at("/estimatedChangeTime").asText()).isEqualTo("2026-11-22T11:30:00.000Z");
  }

  @Test
  void theProbesFollowTheFeed() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);

    feed.status =
        new FeedStatus(
            true, false, false, Optional.of("no answer from k:9092"), Map.of(), Map.of(), Map.of());
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("no answer from k:9092\n");

    feed.status =
        new FeedStatus(false, false, true, Optional.empty(), Map.of(), Map.of(), Map.of());
    assertThat(get("/healthz").statusCode()).isEqualTo(503);
  }

  @Test
  void aPortInUseIsSaidInOneLine() {
    assertThatThrownBy(() -> listen(server.port()))
        .isInstanceOf(PortInUseException.class)
        .hasMessage("port " + server.port() + " on 127.0.0.1 is in use");
  }

  @Test
  void anAddressThatIsNotOfThisMachineIsAWrongSetting() {
    assertThatThrownBy(
            () ->
                new StatusServer(
                        "192.0.2.1",
                        0,
                        WebConfig.NONE,
                        fleet,
                        feed,
                        LocalSources.NONE,
                        PageBudget.DEFAULT,
                        "0.1.0")
                    .close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("exporter.host=192.0.2.1: expected an address of this machine");
  }

  @Test
  void theSocketIsOfTheConfiguredAddressAndClosesWithTheServer() throws Exception {
    int port = server.port();
    server.close();

    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(socket.isBound()).isTrue();
    }
  }

  private StatusServer listen(int port) {
    return new StatusServer(
        "127.0.0.1",
        port,
        WebConfig.NONE,
        fleet,
        feed,
        LocalSources.NONE.withBanner(() -> "demo"),
        PageBudget.DEFAULT,
        "0.1.0");
  }

  private static String seriesPath(String key) {
    return "/api/series?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> reply = get(path);
    assertThat(reply.statusCode()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }

  /** The whole answer to a request line that no well-behaved client would send. */
  private String raw(String requestLine) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String request = requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
