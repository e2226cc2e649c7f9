package dev.parallax.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.metrics.BatchTimes;
import dev.parallax.exporter.metrics.ParallaxMetrics;
import dev.parallax.exporter.web.WebConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleServerTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Optional<String> unhealthy = Optional.empty();
  private volatile Optional<String> notReady = Optional.empty();
  private RoleServer server;

  @BeforeEach
  void start() {
    server = listen("127.0.0.1", 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/-/healthy", "/healthz"})
  void oneProbeSaysWhyItIsNotHealthy(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(200);
    assertThat(get(path).body()).isEqualTo("healthy\n");

    unhealthy = Optional.of("ingest has stopped");
    assertThat(get(path).statusCode()).isEqualTo(503);
    assertThat(get(path).body()).isEqualTo("ingest has stopped\n");
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/-/ready", "/readyz"})
  void theOtherSaysWhyItIsNotReady(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(200);

    notReady = Optional.of("it waits for its partitions");
    assertThat(get(path).statusCode()).isEqualTo(503);
    assertThat(get(path).body()).isEqualTo("it waits for its partitions\n");
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
  }

  @Test
  void theMetricsAreThoseOfTheRoleAlone() throws Exception {
    assertThat(get("/metrics").body())
        .contains(
            "parallax_ingest_pairing_wait_seconds_bucket{source=\"search\",le=\"0.1\",} 3.0",
            "parallax_ingest_pairing_wait_seconds_bucket{source=\"search\",le=\"+Inf\",} 4.0",
            "parallax_ingest_pairing_wait_seconds_count{source=\"search\",} 4.0",
            "parallax_ingest_pairing_wait_seconds_sum{source=\"search\",} 0.75",
            "parallax_build_info{version=\"1\",} 1.0")
        .doesNotContain("parallax_series", "parallax_exporter");
  }

  @Test
  void nothingElseIsThereAndNothingCanBeChanged() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(server.address().resolve("/metrics"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  void anAddressOfAnotherMachineNamesTheRolesOwnKey() {
    assertThatThrownBy(() -> listen("192.0.2.1", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ingest.host=192.0.2.1: expected an address of this machine");
  }

  private RoleServer listen(String host, int port) {
    BatchTimes waits = new BatchTimes(List.of(0.1, 1.0), List.of(3L, 1L, 0L), 0.75);
    return new RoleServer(
        "ingest",
        host,
        port,
        WebConfig.NONE,
        ParallaxMetrics.withoutFleet(
            LocalSources.NONE.withPairingWait(() -> Map.of("search", waits)), "1"),
        () -> unhealthy,
        () -> notReady);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofString());
  }
}
