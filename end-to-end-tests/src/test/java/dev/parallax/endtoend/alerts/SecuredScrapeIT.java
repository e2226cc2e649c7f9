package dev.parallax.endtoend.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.metrics.ParallaxMetrics;
import dev.parallax.exporter.page.RoleServer;
import dev.parallax.exporter.web.Certificates;
import dev.parallax.exporter.web.WebConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks for a certificate and a password, and a Prometheus that has them or not. */
final class SecuredScrapeIT {

  private static final String SERVER =
      """
      tls_server_config:
        cert_file: server.crt
        key_file: server.key
        client_ca_file: prometheus.crt
        client_auth_type: RequireAndVerifyClientCert
        min_version: TLS13
      basic_auth_users: {prometheus: $2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW}
      """;

  private static final String JOB =
      """
        - job_name: %s
          scheme: https
          tls_config: {%s}
          basic_auth: {username: prometheus, password_file: %s}
          static_configs: [{targets: ["%s"]}]
      """;

  private static final String TRUST = "ca_file: server.crt";
  private static final String OWN = ", cert_file: prometheus.crt, key_file: prometheus.key";

  @TempDir private Path folder;

  @Test
  void prometheusScrapesWithItsCertificateAndPasswordAndNotWithout() throws Exception {
    Certificates.create(folder, "server", "EC");
    Certificates.create(folder, "prometheus", "EC");
    Files.writeString(folder.resolve("right"), "secret\n");
    Files.writeString(folder.resolve("wrong"), "sesame\n");

    try (RoleServer pages = start()) {
      String target = pages.address().getAuthority();
      String config =
          "global: {scrape_interval: 1s, scrape_timeout: 1s}\nscrape_configs:\n"
              + JOB.formatted("known", TRUST + OWN, "right", target)
              + JOB.formatted("wrong-password", TRUST + OWN, "wrong", target)
              + JOB.formatted("no-certificate", TRUST, "right", target)
              + JOB.formatted("trusts-nobody", OWN.substring(2), "right", target);
      Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
      List<String> command =
          List.of(
              Program.find("prometheus").toString(),
              "--config.file=" + file,
              "--storage.tsdb.path=" + folder.resolve("data"));

      try (Daemon prometheus = Daemon.start(folder, command)) {
        await()
            .atMost(Duration.ofMinutes(1))
            .untilAsserted(
                () -> assertThat(health(prometheus).values()).hasSize(4).doesNotContain("unknown"));

        assertThat(health(prometheus).get("known")).isEqualTo("up");
        assertThat(health(prometheus).get("wrong-password")).startsWith("down").contains("401");
        assertThat(health(prometheus).get("no-certificate")).startsWith("down");
        assertThat(health(prometheus).get("trusts-nobody")).startsWith("down").contains("x509");
        assertThat(prometheus.get("/api/v1/query?query=parallax_build_info"))
            .contains("\"known\"")
            .doesNotContain("wrong-password", "no-certificate", "trusts-nobody");
      }
    }
  }

  private RoleServer start() throws Exception {
    Path file = Files.writeString(folder.resolve("web.yml"), SERVER);
    RoleServer pages =
        new RoleServer(
            "ingest",
            "127.0.0.1",
            0,
            WebConfig.read("ingest.web-config-file", file),
            ParallaxMetrics.withoutFleet(LocalSources.NONE, "0.1.0"),
            Optional::empty,
            Optional::empty);
    pages.start();
    return pages;
  }

  /** How each job's target fares: {@code up}, {@code unknown}, or why it is down. */
  private static Map<String, String> health(Daemon prometheus) throws Exception {
    Map<String, String> health = new TreeMap<>();
    JsonNode targets =
        new ObjectMapper().readTree(prometheus.get("/api/v1/targets")).at("/data/activeTargets");
    for (JsonNode target : targets) {
      String state = target.path("health").asText();
      health.put(
          target.at("/labels/job").asText(),
          state.equals("down") ? "down: " + target.path("lastError").asText() : state);
    }
    return health;
  }
}
