package dev.parallax.exporter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.Baselines;
import dev.parallax.exporter.FakeClock;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.Scores;
import dev.parallax.exporter.accounting.IngestCounts;
import dev.parallax.exporter.accounting.IngestOutcome;
import dev.parallax.exporter.feed.FeedStatus;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.fleet.RecordOutcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallaxMetricsTest {

  private static final String TEXT = ParallaxMetrics.contentType(null);
  private static final String OPEN_METRICS =
      ParallaxMetrics.contentType("application/openmetrics-text; version=1.0.0");

  private static final String A =
      "{model=\"a\",version=\"1\",reference=\"bge-small@1.5\",slice=\"\",";

  private static final PageBudget BUDGET = new PageBudget(2, Duration.ofDays(7));

  private final FakeClock clock = new FakeClock();
  private final FleetState fleet = new FleetState(Duration.ofMinutes(10), 3, 10, clock);

  @Test
  void theFormatIsTheOneAskedFor() {
    assertThat(TEXT).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(OPEN_METRICS)
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(alone().write(OPEN_METRICS)).endsWith("# EOF\n");
    assertThat(alone().write(TEXT)).doesNotContain("# EOF");
  }

  /** The names that dashboards and alert rules are written with. */
  @Test
  void theDeclaredNamesAreTheContract() {
    assertThat(ParallaxMetrics.declared())
        .extracting(Metric::name)
        .containsExactlyInAnyOrder(
            "parallax_cka_ratio",
            "parallax_cka_lower_ratio",
            "parallax_cka_upper_ratio",
            "parallax_pane_cka_ratio",
            "parallax_window_pairs",
            "parallax_translation_residual_ratio",
            "parallax_mutual_knn_ratio",
            "parallax_procrustes_ratio",
            "parallax_subspace_overlap_ratio",
            "parallax_effective_rank",
            "parallax_probe_cosine_min_ratio",
            "parallax_rotation_ratio",
            "parallax_traffic_mmd",
            "parallax_evidence_log10",
            "parallax_evidence_threshold_log10",
            "parallax_verdict",
            "parallax_window_end_timestamp_seconds",
            "parallax_baseline_info",
            "parallax_provenance_info",
            "parallax_baseline_armed_timestamp_seconds",
            "parallax_alerts_total",
            "parallax_page_budget_per_month",
            "parallax_build_info",
            "parallax_ingest_lag_records",
            "parallax_ingest_records_total",
            "parallax_ingest_rejected_total",
            "parallax_ingest_pairing_wait_seconds",
            "parallax_events_total",
            "parallax_encode_batch_seconds",
            "parallax_score_batch_seconds",
            "parallax_series",
            "parallax_series_dropped_total",
            "parallax_exporter_records_total",
            "parallax_exporter_connected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "openmetrics"})
  void everyDeclaredMetricIsWrittenUnderItsNameAndNothingElseIs(String format) {
    fleet.accept(Scores.of(Scores.series("a"), 1, Verdict.HEALTHY, allFigures()));
    fleet.accept(Baselines.armed(Scores.series("a"), "b-1", Scores.START));

    String text = everything().write(format.equals("text") ? TEXT : OPEN_METRICS);

    Set<String> written = new TreeSet<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]")[0].replaceFirst("_seconds_(bucket|count|sum)$", "_seconds"))
        .forEach(written::add);
    Set<String> declared =
        ParallaxMetrics.declared().stream()
            .map(Metric::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(written).isEqualTo(declared);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "openmetrics"})
  void noValueIsNaNAndNoSampleIsWrittenTwice(String format) {
    fleet.accept(Scores.of(Scores.series("a"), 1, Verdict.WARMING, Map.of()));
    fleet.accept(Scores.of(Scores.series("b"), 1, Verdict.HEALTHY, allFigures()));

    List<String> samples =
        everything()
            .write(format.equals("text") ? TEXT : OPEN_METRICS)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();

    assertThat(samples).noneMatch(line -> line.endsWith("NaN"));
    assertThat(samples.stream().map(line -> line.substring(0, line.lastIndexOf(' '))))
        .doesNotHaveDuplicates();
  }

  @Test
  void theTypesAreThoseOfEachFormat() {
    fleet.accept(Scores.healthy("a", 1));

    assertThat(everything().write(TEXT))
        .contains(
            "# TYPE parallax_cka_ratio gauge\n",
            "# TYPE parallax_verdict gauge\n",
            "# TYPE parallax_events_total counter\n",
            "# TYPE parallax_build_info gauge\n",
            "# TYPE parallax_encode_batch_seconds histogram\n");
    assertThat(everything().write(OPEN_METRICS))
        .contains(
            "# TYPE parallax_cka_ratio gauge\n# UNIT parallax_cka_ratio ratio\n",
            "# TYPE parallax_verdict gauge\n",
            "# TYPE parallax_events counter\n",
            "# TYPE parallax_build info\n",
            "# TYPE parallax_encode_batch_seconds histogram\n"
                + "# UNIT parallax_encode_batch_seconds seconds\n");
  }

  @Test
  void theHelpNamesUnitAndRange() {
    assertThat(alone().write(TEXT))
        .contains(
            "# HELP parallax_cka_ratio Rolling CKA of the window, debiased."
                + " Unit: ratio. Range: -1 to 1.\n");
  }

  @Test
  void aSeriesHasTheFiguresThatItsNewestScoreStatesAndNoOthers() {
    fleet.accept(Scores.healthy("a", 1));

    String text = alone().write(TEXT);

    assertThat(text)
        .contains(
            "parallax_cka_ratio" + A + "} 0.9\n",
            "parallax_cka_lower_ratio" + A + "} 0.88\n",
            "parallax_cka_upper_ratio" + A + "} 0.92\n",
            "parallax_window_pairs" + A + "} 512.0\n",
            "parallax_window_end_timestamp_seconds" + A + "} 1.79534172E9\n",
            "parallax_baseline_info" + A + "baseline=\"b-1\",} 1.0\n",
            "parallax_provenance_info" + A + "provider=\"cpu\",ort=\"1.28.0\",isa=\"avx2\",} 1.0\n")
        .doesNotContain("parallax_pane_cka_ratio{", "parallax_traffic_mmd{");
  }

  @Test
  void theVerdictIsAStateSetOverAllVerdicts() {
    fleet.accept(Scores.of(Scores.series("a"), 1, Verdict.TRAFFIC_SHIFT, Map.of()));

    List<MatchResult> states =
        Pattern.compile("parallax_verdict\\{.*verdict=\"([a-z-]+)\",\\} ([01])\\.0")
            .matcher(alone().write(TEXT))
            .results()
            .toList();

    assertThat(states).hasSize(Verdict.values().length);
    assertThat(states)
        .filteredOn(state -> state.group(2).equals("1"))
        .extracting(state -> state.group(1))
        .containsExactly("traffic-shift");
  }

  @Test
  void aSeriesThatStoppedVanishesAndIsCounted() {
    fleet.accept(Scores.healthy("a", 1));
    assertThat(alone().write(TEXT)).contains("model=\"a\"", "parallax_series 1.0\n");

    clock.advance(Duration.ofMinutes(11));

    assertThat(alone().write(TEXT))
        .doesNotContain("model=\"a\"")
        .contains(
            "parallax_series 0.0\n",
            "parallax_series_dropped_total{reason=\"retention\",} 1.0\n",
            "parallax_series_dropped_total{reason=\"limit\",} 0.0\n",
            "parallax_events_total{outcome=\"scored\",} 256.0\n");
  }

  @Test
  void alertsAreCountedByTheVerdictThatTheyAnnounce() {
    fleet.accept(alert("a", 1, Verdict.DIVERGED));
    fleet.accept(alert("a", 2, Verdict.HEALTHY));
    fleet.accept(alert("b", 1, Verdict.DIVERGED));

    assertThat(alone().write(TEXT))
        .contains(
            "# TYPE parallax_alerts_total counter\n",
            "parallax_alerts_total{verdict=\"diverged\",} 2.0\n",
            "parallax_alerts_total{verdict=\"healthy\",} 1.0\n",
            "parallax_alerts_total{verdict=\"rotated\",} 0.0\n");
  }

  @Test
  void theBudgetIsThatOfThirtyDays() {
    assertThat(alone().write(TEXT))
        .contains("parallax_page_budget_per_month " + 2 * 30 / 7.0 + "\n");
  }

  @Test
  void theArmingOfABaselineIsThatOfTheSeriesShown() {
    fleet.accept(Scores.healthy("a", 1));
    fleet.accept(Baselines.armed(Scores.series("a"), "b-1", Scores.START));
    fleet.accept(Baselines.armed(Scores.series("unknown"), "b-2", Scores.START));

    assertThat(alone().write(TEXT))
        .contains("parallax_baseline_armed_timestamp_seconds" + A + "} 1.7953416E9\n")
        .doesNotContain("unknown");
  }

  @Test
  void theLagOfIngestIsWhatItSaysAndAbsentWhereItIsNotKnown() {
    assertThat(everything().write(TEXT))
        .contains("parallax_ingest_lag_records{source=\"demo\",} 12.0\n");
    assertThat(alone().write(TEXT)).doesNotContain("parallax_ingest_lag");
  }

  @Test
  void countersStartAtZero() {
    assertThat(alone().write(OPEN_METRICS))
        .contains(
            "parallax_events_total{outcome=\"scored\"} 0.0\n",
            "parallax_events_total{outcome=\"sampled_out\"} 0.0\n",
            "parallax_events_total{outcome=\"duplicate\"} 0.0\n",
            "parallax_events_total{outcome=\"late\"} 0.0\n",
            "parallax_alerts_total{verdict=\"diverged\"} 0.0\n",
            "parallax_exporter_records_total{topic=\"scores\",outcome=\"malformed\"} 0.0\n",
            "parallax_exporter_records_total{topic=\"baselines\",outcome=\"malformed\"} 0.0\n");
  }

  @Test
  void whatOtherPartsOfTheProcessMeasureIsAbsentWhereTheyAreNotThere() {
    assertThat(alone().write(TEXT))
        .doesNotContain("parallax_ingest", "parallax_encode", "parallax_score_batch");
    assertThat(everything().write(TEXT))
        .contains(
            "parallax_ingest_records_total{source=\"demo\",outcome=\"accepted\",} 5.0\n",
            "parallax_ingest_rejected_total{source=\"demo\",reason=\"not_finite\",} 2.0\n",
            "parallax_encode_batch_seconds_bucket{le=\"0.1\",} 3.0\n",
            "parallax_encode_batch_seconds_bucket{le=\"+Inf\",} 4.0\n",
            "parallax_encode_batch_seconds_count 4.0\n",
            "parallax_encode_batch_seconds_sum 0.75\n");
  }

  @Test
  void labelValuesAreEscaped() {
    Series odd = new Series("a\"b\\c\nd", "1", "r", "");
    fleet.accept(Scores.of(odd, 1, Verdict.WARMING, Map.of(Figure.CKA, 0.5)));

    assertThat(alone().write(TEXT)).contains("model=\"a\\\"b\\\\c\\nd\"");
  }

  /** Else a scrape during a start would be a counter that was reset, and {@code increase} wrong. */
  @Test
  void whatIsCountedFromTheTopicsIsSaidOnceAllOfThemHasBeenRead() {
    fleet.accept(Scores.healthy("a", 1));
    fleet.accept(alert("a", 1, Verdict.DIVERGED));
    AtomicBoolean read = new AtomicBoolean();
    ParallaxMetrics metrics =
        new ParallaxMetrics(fleet, () -> feed(read.get()), LocalSources.NONE, BUDGET, "0.1.0");
    String[] counted = {
      "parallax_alerts_total{", "parallax_events_total{", "parallax_series_dropped_total{"
    };

    assertThat(metrics.write(TEXT)).contains("parallax_cka_ratio{").doesNotContain(counted);
    read.set(true);
    assertThat(metrics.write(TEXT)).contains(counted);
  }

  private static Alert alert(String model, int pane, Verdict verdict) {
    return new Alert(
        Scores.of(Scores.series(model), pane, verdict, Map.of()),
        Verdict.WARNING,
        OptionalLong.empty());
  }

  private ParallaxMetrics alone() {
    return new ParallaxMetrics(
        fleet, ParallaxMetricsTest::feed, LocalSources.NONE, BUDGET, "0.1.0");
  }

  private ParallaxMetrics everything() {
    BatchTimes times = new BatchTimes(List.of(0.1, 1.0), List.of(3L, 1L, 0L), 0.75);
    IngestCounts counts =
        new IngestCounts(
            OptionalLong.empty(),
            true,
            List.of(new IngestCounts.Records("demo", IngestOutcome.ACCEPTED, 5)),
            List.of(new IngestCounts.Rejected("demo", "not_finite", 2)));
    LocalSources local =
        LocalSources.NONE
            .withIngest(() -> counts)
            .withIngestLag(() -> Map.of("demo", 12L))
            .withPairingWait(() -> Map.of("search", times))
            .withEncodeBatch(() -> times)
            .withScoreBatch(() -> times);
    return new ParallaxMetrics(fleet, ParallaxMetricsTest::feed, local, BUDGET, "0.1.0");
  }

  private static FeedStatus feed() {
    return feed(true);
  }

  private static FeedStatus feed(boolean caughtUp) {
    return new FeedStatus(
        true,
        true,
        caughtUp,
        Optional.empty(),
        Map.of(RecordOutcome.ACCEPTED, 4L),
        Map.of(),
        Map.of());
  }

  private static Map<Figure, Double> allFigures() {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      figures.put(figure, 0.5);
    }
    return figures;
  }
}
