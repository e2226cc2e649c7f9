package dev.parallax.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.Baselines;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.Scores;
import dev.parallax.exporter.SyntheticFleet;
import dev.parallax.exporter.accounting.IngestCounts;
import dev.parallax.exporter.accounting.IngestOutcome;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.metrics.BatchTimes;
import dev.parallax.exporter.metrics.Exposition;
import dev.parallax.exporter.metrics.Exposition.Family;
import dev.parallax.exporter.metrics.Exposition.Sample;
import dev.parallax.exporter.metrics.ParallaxMetrics;
import dev.parallax.exporter.web.WebConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real scrapes, read as strictly as the two formats are written down. */
class ScrapeTest {

  /** What Prometheus 2.42 to 3.5 send. */
  private static final String PROMETHEUS =
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;"
          + "q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  private final FleetState fleet = SyntheticFleet.create();
  private StatusServer exporter;
  private RoleServer ingest;

  @BeforeEach
  void start() {
    Series odd = new Series("a\"b\\c\nd", "1", "r", "lang=de");
    fleet.accept(Scores.of(odd, 1, Verdict.HEALTHY, allFigures()));
    fleet.accept(Baselines.armed(odd, "b-1", Scores.START));
    LocalSources local = everything();
    exporter =
        new StatusServer(
            "127.0.0.1",
            0,
            WebConfig.NONE,
            fleet,
            new FakeFeed(),
            local,
            PageBudget.DEFAULT,
            "0.1.0");
    exporter.start();
    ingest =
        new RoleServer(
            "ingest",
            "127.0.0.1",
            0,
            WebConfig.NONE,
            ParallaxMetrics.withoutFleet(local, "0.1.0"),
            Optional::empty,
            Optional::empty);
    ingest.start();
  }

  @AfterEach
  void stop() {
    exporter.close();
    ingest.close();
  }

  @Test
  void aScrapeIsValidInBothFormatsAndSaysTheSame() throws Exception {
    for (URI address : List.of(exporter.address(), ingest.address())) {
      Map<String, Family> text = text(address);
      Map<String, Family> open = openMetrics(address);

      assertThat(samples(text)).isEqualTo(samples(open));
      assertThat(samples(text).keySet())
          .anyMatch(sample -> sample.startsWith("parallax_build_info"));
    }
    assertThat(text(exporter.address()).get("parallax_cka_ratio").samples()).hasSize(4);
  }

  @Test
  void everyDeclaredMetricIsInAScrapeOfTheExporter() throws Exception {
    TreeSet<String> declared = new TreeSet<>();
    ParallaxMetrics.declared().forEach(metric -> declared.add(metric.name()));

    assertThat(text(exporter.address()).keySet()).isEqualTo(declared);
  }

  @Test
  void aNameSurvivesTheScrapeWhateverItIs() throws Exception {
    assertThat(openMetrics(exporter.address()).get("parallax_window_pairs").samples())
        .extracting(sample -> sample.labels().get("model"))
        .contains("a\\\"b\\\\c\\nd");
  }

  private Map<String, Family> text(URI address) throws Exception {
    HttpResponse<String> reply = scrape(address, "text/plain");
    assertThat(reply.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    return Exposition.ofText(reply.body());
  }

  private Map<String, Family> openMetrics(URI address) throws Exception {
    HttpResponse<String> reply = scrape(address, PROMETHEUS);
    assertThat(reply.headers().firstValue("Content-Type"))
        .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
    return Exposition.ofOpenMetrics(reply.body());
  }

  private static HttpResponse<String> scrape(URI address, String accept)
      throws IOException, InterruptedException {
    HttpResponse<String> reply =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(address.resolve("/metrics"))
                    .header("Accept", accept)
                    .build(),
                BodyHandlers.ofString());
    assertThat(reply.statusCode()).isEqualTo(200);
    return reply;
  }

  private static Map<String, Double> samples(Map<String, Family> families) {
    Map<String, Double> samples = new TreeMap<>();
    for (Family family : families.values()) {
      for (Sample sample : family.samples()) {
        samples.put(sample.name() + sample.labels(), sample.value());
      }
    }
    return samples;
  }

  private static LocalSources everything() {
    BatchTimes times = new BatchTimes(List.of(0.1, 1.0), List.of(3L, 1L, 0L), 0.75);
    IngestCounts counts =
        new IngestCounts(
            OptionalLong.empty(),
            true,
            List.of(new IngestCounts.Records("demo", IngestOutcome.ACCEPTED, 5)),
            List.of(new IngestCounts.Rejected("demo", "not_finite", 2)));
    return LocalSources.NONE
        .withIngest(() -> counts)
        .withIngestLag(() -> Map.of("demo", 3L))
        .withPairingWait(() -> Map.of("search", times))
        .withEncodeBatch(() -> times)
        .withScoreBatch(() -> times);
  }

  private static Map<Figure, Double> allFigures() {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      figures.put(figure, 0.5);
    }
    return figures;
  }
}
