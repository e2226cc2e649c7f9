package dev.parallax.exporter.metrics;

import static io.prometheus.client.Collector.Type.COUNTER;
import static io.prometheus.client.Collector.Type.GAUGE;
import static io.prometheus.client.Collector.Type.HISTOGRAM;
import static io.prometheus.client.Collector.Type.INFO;

import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.accounting.IngestAccounting;
import dev.parallax.exporter.accounting.IngestCounts;
import dev.parallax.exporter.feed.FeedStatus;
import dev.parallax.exporter.fleet.FleetSnapshot;
import dev.parallax.exporter.fleet.FleetState;
import dev.parallax.exporter.fleet.RecordOutcome;
import dev.parallax.exporter.fleet.SeriesStatus;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Declares every metric of Parallax, with its unit and range, and writes them.
 *
 * <p>All samples are taken from the model of the fleet at the time of the scrape, so a series that
 * left it has no sample, and a figure that a score does not state has none either: no value is ever
 * NaN. Counters start at 0 for every outcome that is known beforehand. Those that are counted from
 * the topics anew with every start have no sample before all that was there has been read: a scrape
 * on the way would see a counter that was reset, and count the past again. Thread-safe.
 */
public final class ParallaxMetrics {

  private static final Duration MONTH = Duration.ofDays(30);

  private static final List<String> SERIES = List.of("model", "version", "reference", "slice");

  /** What every series has a gauge of, where its newest score states the value. */
  private static final List<SeriesGauge> SERIES_GAUGES =
      List.of(
          new SeriesGauge(
              new Metric(
                  "parallax_cka_ratio",
                  GAUGE,
                  SERIES,
                  "ratio",
                  "-1 to 1",
                  "Rolling CKA of the window, debiased."),
              figure(Figure.CKA)),
          new SeriesGauge(
              new Metric(
                  "parallax_cka_lower_ratio",
                  GAUGE,
                  SERIES,
                  "ratio",
                  "about -1 to 1, may reach beyond",
                  "Lower end of the 95% interval of the rolling CKA."),
              figure(Figure.CKA_LOW)),
          new SeriesGauge(
              new Metric(
                  "parallax_cka_upper_ratio",
                  GAUGE,
                  SERIES,
                  "ratio",
                  "about -1 to 1, may reach beyond",
                  "Upper end of the 95% interval of the rolling CKA."),
              figure(Figure.CKA_HIGH)),
          new SeriesGauge(
              new Metric(
                  "parallax_pane_cka_ratio",
                  GAUGE,
                  SERIES,
                  "ratio",
                  "-1 to 1",
                  "CKA of the newest pane alone, debiased."),
              figure(Figure.PANE_CKA)),
          new SeriesGauge(
              new Metric(
                  "parallax_window_pairs",
                  GAUGE,
                  SERIES,
                  "pairs",
                  "0 or more",
                  "Pairs of live and reference vectors in the window."),
              score -> OptionalDouble.of(score.windowPairs())),
          new SeriesGauge(
              new Metric(
                  "parallax_translation_residual_ratio",
                  GAUGE,
                  SERIES,
                  "ratio",
                  "0 or more; 1 as on the baseline",
                  "Stratified translation residual of the newest pane over that of the baseline."),
              figure(Figure.RESIDUAL_STRATIFIED)),
          new SeriesGauge(
              new Metric(
                  "parallax_mutual_knn_ratio",
                  GAUGE,
                  SERIES,
                  "ratio",
                  "about 0 to 1; 0 is chance",
                  "Overlap of nearest neighbours, adjusted for chance."),
              figure(Figure.MUTUAL_KNN)),
          new SeriesGauge(
              new Metric(
                  "parallax_procrustes_ratio",
                  GAUGE,
                  SERIES,
                  "ratio",
                  "0 to 1",
                  "Orthogonal Procrustes similarity."),
              figure(Figure.PROCRUSTES)),
          new SeriesGauge(
              new Metric(
                  "parallax_subspace_overlap_ratio",
                  GAUGE,
                  SERIES,
                  "ratio",
                  "0 to 1",
                  "Overlap of the leading directions with those of the baseline."),
              figure(Figure.SUBSPACE_OVERLAP)),
          new SeriesGauge(
              new Metric(
                  "parallax_effective_rank",
                  GAUGE,
                  SERIES,
                  "dimensions",
                  "1 to the width",
                  "Effective rank of the live vectors."),
              figure(Figure.EFFECTIVE_RANK)),
          new SeriesGauge(
              new Metric(
                  "parallax_probe_cosine_min_ratio",
                  GAUGE,
                  SERIES,
                  "ratio",
                  "-1 to 1",
                  "Smallest cosine of a probe with its vector on the baseline."),
              figure(Figure.PROBE_COSINE_MIN)),
          new SeriesGauge(
              new Metric(
                  "parallax_rotation_ratio",
                  GAUGE,
                  SERIES,
                  "ratio",
                  "0 to 2",
                  "How far the space of the probes was turned."),
              figure(Figure.ROTATION)),
          new SeriesGauge(
              new Metric(
                  "parallax_traffic_mmd",
                  GAUGE,
                  SERIES,
                  "squared discrepancy",
                  "about 0 to 2; 0 as on the baseline",
                  "Discrepancy of the reference vectors from those of the baseline, which is traffic and not the model."),
              figure(Figure.TRAFFIC_MMD)),
          new SeriesGauge(
              new Metric(
                  "parallax_evidence_log10",
                  GAUGE,
                  SERIES,
                  "decimal logarithm",
                  "any number",
                  "Evidence against the baseline."),
              figure(Figure.EVIDENCE_LOG10)),
          new SeriesGauge(
              new Metric(
                  "parallax_evidence_threshold_log10",
                  GAUGE,
                  SERIES,
                  "decimal logarithm",
                  "0 or more",
                  "Evidence from which the verdict changes."),
              figure(Figure.THRESHOLD_LOG10)),
          new SeriesGauge(
              new Metric(
                  "parallax_window_end_timestamp_seconds",
                  GAUGE,
                  SERIES,
                  "seconds since 1970-01-01T00:00:00Z",
                  "event time",
                  "End of the newest pane; alert on its age, because a gauge that stopped looks healthy."),
              score -> OptionalDouble.of(score.paneEnd() / 1e3)));

  private static final Metric VERDICT =
      new Metric(
          "parallax_verdict",
          GAUGE,
          plus(SERIES, "verdict"),
          "state",
          "0 or 1",
          "1 for the verdict of the series, 0 for every other one.");
  private static final Metric BASELINE =
      new Metric(
          "parallax_baseline_info",
          INFO,
          plus(SERIES, "baseline"),
          "none",
          "1",
          "The baseline that the verdict of the series rests on.");
  private static final Metric PROVENANCE =
      new Metric(
          "parallax_provenance_info",
          INFO,
          plus(SERIES, "provider", "ort", "isa"),
          "none",
          "1",
          "Where the newest score was computed: execution provider, ONNX Runtime, instruction set.");
  private static final Metric BASELINE_ARMED =
      new Metric(
          "parallax_baseline_armed_timestamp_seconds",
          GAUGE,
          SERIES,
          "seconds since 1970-01-01T00:00:00Z",
          "event time",
          "Start of the first pane that was tested against the baseline which the series has now.");
  private static final Metric ALERTS =
      new Metric(
          "parallax_alerts_total",
          COUNTER,
          List.of("verdict"),
          "alerts",
          "0 or more",
          "Alerts on the alerts topic by the verdict that they announce; those of drills are not counted.");
  private static final Metric PAGE_BUDGET =
      new Metric(
          "parallax_page_budget_per_month",
          GAUGE,
          List.of(),
          "pages in 30 days",
          "more than 0",
          "False pages that the fleet may make in 30 days, from monitor.fleet.page-budget.");
  private static final Metric EVENTS =
      new Metric(
          "parallax_events_total",
          COUNTER,
          List.of("outcome"),
          "events",
          "0 or more",
          "What became of the events of all panes on the scores topic; a slice adds none, as the series of all traffic has its events.");
  private static final Metric SERIES_SHOWN =
      new Metric(
          "parallax_series",
          GAUGE,
          List.of(),
          "series",
          "0 to exporter.max-series",
          "Series that have metrics now.");
  private static final Metric SERIES_DROPPED =
      new Metric(
          "parallax_series_dropped_total",
          COUNTER,
          List.of("reason"),
          "series",
          "0 or more",
          "Series without metrics, because they stopped (retention) or because there are too many (limit).");
  private static final Metric INGEST_RECORDS =
      new Metric(
          "parallax_ingest_records_total",
          COUNTER,
          List.of("source", "outcome"),
          "records",
          "0 or more",
          "What became of the records that ingest read, and of the calls in them.");
  private static final Metric INGEST_REJECTED =
      new Metric(
          "parallax_ingest_rejected_total",
          COUNTER,
          List.of("source", "reason"),
          "records",
          "0 or more",
          "Records and calls that ingest turned away.");
  private static final Metric INGEST_LAG =
      new Metric(
          "parallax_ingest_lag_records",
          GAUGE,
          List.of("source"),
          "records",
          "0 or more",
          "Records between what the group of ingest has committed and the end of its source topics.");
  private static final Metric PAIRING_WAIT =
      new Metric(
          "parallax_ingest_pairing_wait_seconds",
          HISTOGRAM,
          List.of("source"),
          "seconds",
          "0 or more",
          "Time that the first half of a call waited for the other.");
  private static final Metric ENCODE_BATCH =
      new Metric(
          "parallax_encode_batch_seconds",
          HISTOGRAM,
          List.of(),
          "seconds",
          "0 or more",
          "Time to encode a batch of reference vectors.");
  private static final Metric SCORE_BATCH =
      new Metric(
          "parallax_score_batch_seconds",
          HISTOGRAM,
          List.of(),
          "seconds",
          "0 or more",
          "Time to score a batch of panes.");
  private static final Metric RECORDS =
      new Metric(
          "parallax_exporter_records_total",
          COUNTER,
          List.of("topic", "outcome"),
          "records",
          "0 or more",
          "Records that the exporter read, by topic (scores, alerts or baselines).");
  private static final Metric CONNECTED =
      new Metric(
          "parallax_exporter_connected",
          GAUGE,
          List.of(),
          "state",
          "0 or 1",
          "1 while the Kafka brokers answer; at 0 everything else here is frozen.");
  private static final Metric BUILD =
      new Metric(
          "parallax_build_info",
          INFO,
          List.of("version"),
          "none",
          "1",
          "Version of the process that serves this.");

  /** Every metric, in the order in which they are written. */
  private static final List<Metric> DECLARED =
      Stream.concat(
              SERIES_GAUGES.stream().map(SeriesGauge::metric),
              Stream.of(
                  VERDICT,
                  BASELINE,
                  PROVENANCE,
                  BASELINE_ARMED,
                  ALERTS,
                  PAGE_BUDGET,
                  EVENTS,
                  SERIES_SHOWN,
                  SERIES_DROPPED,
                  INGEST_RECORDS,
                  INGEST_REJECTED,
                  INGEST_LAG,
                  PAIRING_WAIT,
                  ENCODE_BATCH,
                  SCORE_BATCH,
                  RECORDS,
                  CONNECTED,
                  BUILD))
          .toList();

  private record SeriesGauge(Metric metric, Function<Score, OptionalDouble> value) {}

  private final CollectorRegistry registry = new CollectorRegistry();

  /**
   * Metrics of an exporter.
   *
   * @param fleet what the series gauges are read from
   * @param feed how the reading of the topics goes
   * @param local what other parts of this process count; what is absent has no sample
   * @param budget how many false pages there may be
   * @param version version of Parallax
   */
  public ParallaxMetrics(
      FleetState fleet,
      Supplier<FeedStatus> feed,
      LocalSources local,
      PageBudget budget,
      String version) {
    this(
        () -> {
          // Before the snapshot: what it says has been read is in there.
          FeedStatus status = feed.get();
          FleetSnapshot snapshot = fleet.snapshot();
          List<Collector.MetricFamilySamples> families = seriesFamilies(snapshot);
          if (status.caughtUp()) {
            families.addAll(countedFamilies(snapshot));
          }
          families.add(PAGE_BUDGET.family(List.of(PAGE_BUDGET.sample(budget.pagesIn(MONTH)))));
          families.addAll(localFamilies(local));
          families.addAll(processFamilies(Optional.of(status), version));
          return families;
        });
  }

  private ParallaxMetrics(Supplier<List<Collector.MetricFamilySamples>> families) {
    registry.register(
        new Collector() {
          @Override
          public List<MetricFamilySamples> collect() {
            return families.get();
          }
        });
  }

  /**
   * Metrics of a process without an exporter.
   *
   * @param local what its parts count; what is absent has no sample
   * @param version version of Parallax
   */
  public static ParallaxMetrics withoutFleet(LocalSources local, String version) {
    return new ParallaxMetrics(
        () -> {
          List<Collector.MetricFamilySamples> families = localFamilies(local);
          families.addAll(processFamilies(Optional.empty(), version));
          return families;
        });
  }

  /** Every metric there can be. */
  public static List<Metric> declared() {
    return DECLARED;
  }

  /**
   * The content type for a scrape: OpenMetrics where the client asks for it, else text 0.0.4.
   *
   * @param accept the request's {@code Accept} header, if it has one
   */
  public static String contentType(@Nullable String accept) {
    return TextFormat.chooseContentType(accept);
  }

  /** All metrics now, in the format of this content type. */
  public String write(String contentType) {
    return new String(writeBytes(contentType), StandardCharsets.UTF_8);
  }

  /** The same in UTF-8. */
  public byte[] writeBytes(String contentType) {
    Utf8Writer text = new Utf8Writer();
    try {
      TextFormat.writeFormat(contentType, text, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toBytes();
  }

  private static List<Collector.MetricFamilySamples> seriesFamilies(FleetSnapshot snapshot) {
    List<Collector.MetricFamilySamples> families = new ArrayList<>();
    List<List<String>> labels =
        snapshot.series().stream().map(status -> labels(status.latest().series())).toList();
    for (SeriesGauge gauge : SERIES_GAUGES) {
      families.add(gauge.metric().family(samples(gauge, snapshot.series(), labels)));
    }
    families.add(VERDICT.family(verdicts(snapshot.series())));
    families.add(BASELINE.family(baselines(snapshot.series())));
    families.add(PROVENANCE.family(provenances(snapshot.series())));
    families.add(BASELINE_ARMED.family(armed(snapshot)));
    families.add(SERIES_SHOWN.family(List.of(SERIES_SHOWN.sample(snapshot.series().size()))));
    return families;
  }

  private static List<Collector.MetricFamilySamples> countedFamilies(FleetSnapshot snapshot) {
    return List.of(
        ALERTS.family(alerts(snapshot)),
        EVENTS.family(events(snapshot.counts())),
        SERIES_DROPPED.family(
            List.of(
                SERIES_DROPPED.sample(snapshot.droppedByRetention(), "retention"),
                SERIES_DROPPED.sample(snapshot.droppedByLimit(), "limit"))));
  }

  private static List<Collector.MetricFamilySamples> localFamilies(LocalSources local) {
    List<Collector.MetricFamilySamples> families = new ArrayList<>();
    local.ingest().ifPresent(ingest -> addIngest(families, ingest));
    local.ingestLag().ifPresent(lag -> families.add(INGEST_LAG.family(lags(lag.get()))));
    local.pairingWait().ifPresent(waits -> families.add(PAIRING_WAIT.family(waits(waits.get()))));
    local.encodeBatch().ifPresent(times -> families.add(ENCODE_BATCH.family(times.get())));
    local.scoreBatch().ifPresent(times -> families.add(SCORE_BATCH.family(times.get())));
    local
        .foreign()
        .ifPresent(metrics -> metrics.get().forEach(each -> families.add(each.family())));
    return families;
  }

  private static List<Collector.MetricFamilySamples> processFamilies(
      Optional<FeedStatus> feed, String version) {
    List<Collector.MetricFamilySamples> families = new ArrayList<>();
    feed.ifPresent(
        status -> {
          families.add(RECORDS.family(records(status)));
          families.add(CONNECTED.family(List.of(CONNECTED.sample(status.connected() ? 1 : 0))));
        });
    families.add(BUILD.family(List.of(BUILD.sample(1, version))));
    return families;
  }

  private static List<Sample> waits(Map<String, BatchTimes> bySource) {
    List<Sample> samples = new ArrayList<>();
    bySource.forEach(
        (source, times) -> samples.addAll(PAIRING_WAIT.histogram(times, List.of(source))));
    return samples;
  }

  private static List<Sample> samples(
      SeriesGauge gauge, List<SeriesStatus> series, List<List<String>> labels) {
    List<Sample> samples = new ArrayList<>(series.size());
    for (int i = 0; i < series.size(); i++) {
      OptionalDouble value = gauge.value().apply(series.get(i).latest());
      if (value.isPresent()) {
        samples.add(gauge.metric().sample(value.getAsDouble(), labels.get(i)));
      }
    }
    return samples;
  }

  private static List<Sample> verdicts(List<SeriesStatus> series) {
    Verdict[] all = Verdict.values();
    List<Sample> samples = new ArrayList<>(series.size() * all.length);
    for (SeriesStatus status : series) {
      Series of = status.latest().series();
      for (Verdict verdict : all) {
        samples.add(
            VERDICT.sample(
                verdict == status.latest().verdict() ? 1 : 0,
                of.model(),
                of.version(),
                of.reference(),
                of.slice(),
                verdict.label()));
      }
    }
    return samples;
  }

  private static List<Sample> baselines(List<SeriesStatus> series) {
    List<Sample> samples = new ArrayList<>();
    for (SeriesStatus status : series) {
      status
          .latest()
          .baseline()
          .ifPresent(
              id -> samples.add(BASELINE.sample(1, plus(labels(status.latest().series()), id))));
    }
    return samples;
  }

  private static List<Sample> provenances(List<SeriesStatus> series) {
    List<Sample> samples = new ArrayList<>(series.size());
    for (SeriesStatus status : series) {
      Provenance of = status.latest().provenance();
      samples.add(
          PROVENANCE.sample(
              1, plus(labels(status.latest().series()), of.provider(), of.ort(), of.isa())));
    }
    return samples;
  }

  private static List<Sample> armed(FleetSnapshot snapshot) {
    List<Sample> samples = new ArrayList<>();
    for (SeriesStatus status : snapshot.series()) {
      Series series = status.latest().series();
      Long since = snapshot.armedSince().get(series);
      if (since != null) {
        samples.add(BASELINE_ARMED.sample(since / 1e3, labels(series)));
      }
    }
    return samples;
  }

  private static List<Sample> alerts(FleetSnapshot snapshot) {
    List<Sample> samples = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      samples.add(ALERTS.sample(snapshot.alertCounts().getOrDefault(verdict, 0L), verdict.label()));
    }
    return samples;
  }

  private static List<Sample> lags(Map<String, Long> bySource) {
    List<Sample> samples = new ArrayList<>();
    bySource.forEach((source, records) -> samples.add(INGEST_LAG.sample(records, source)));
    return samples;
  }

  private static List<Sample> events(EventCounts counts) {
    return List.of(
        EVENTS.sample(counts.scored(), "scored"),
        EVENTS.sample(counts.sampledOut(), "sampled_out"),
        EVENTS.sample(counts.duplicate(), "duplicate"),
        EVENTS.sample(counts.late(), "late"),
        EVENTS.sample(counts.unmatched(), "unmatched"),
        EVENTS.sample(counts.rejected(), "rejected"));
  }

  private static void addIngest(
      List<Collector.MetricFamilySamples> families, IngestAccounting ingest) {
    IngestCounts counts = ingest.counts();
    List<Sample> records = new ArrayList<>();
    for (IngestCounts.Records entry : counts.records()) {
      records.add(INGEST_RECORDS.sample(entry.count(), entry.source(), entry.outcome().label()));
    }
    families.add(INGEST_RECORDS.family(records));
    List<Sample> rejected = new ArrayList<>();
    for (IngestCounts.Rejected entry : counts.rejected()) {
      rejected.add(INGEST_REJECTED.sample(entry.count(), entry.source(), entry.reason()));
    }
    families.add(INGEST_REJECTED.family(rejected));
  }

  private static List<Sample> records(FeedStatus status) {
    List<Sample> samples = new ArrayList<>();
    for (RecordOutcome outcome : RecordOutcome.values()) {
      samples.add(
          RECORDS.sample(status.scores().getOrDefault(outcome, 0L), "scores", outcome.label()));
      samples.add(
          RECORDS.sample(status.alerts().getOrDefault(outcome, 0L), "alerts", outcome.label()));
      samples.add(
          RECORDS.sample(
              status.baselines().getOrDefault(outcome, 0L), "baselines", outcome.label()));
    }
    return samples;
  }

  private static Function<Score, OptionalDouble> figure(Figure figure) {
    return score -> score.figures().get(figure);
  }

  private static List<String> labels(Series series) {
    return List.of(series.model(), series.version(), series.reference(), series.slice());
  }

  private static List<String> plus(List<String> labels, String... more) {
    return Stream.concat(labels.stream(), Stream.of(more)).toList();
  }
}
