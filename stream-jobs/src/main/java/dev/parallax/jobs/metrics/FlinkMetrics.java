package dev.parallax.jobs.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a Flink cluster in this process measures, under the names of Flink's own Prometheus
 * reporter, so that rules and dashboards fit both. Thread-safe.
 *
 * <p>Labels that change with every start (ids of job, task, attempt and machine) are left out: each
 * restart would make all series anew. Where two metrics then have the same name and labels, that
 * which came last counts, which is that of the newest attempt. The hundreds of figures that every
 * Kafka client has of its own are left out, too. A value that is no finite number has no sample.
 */
public final class FlinkMetrics implements MetricReporter {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkMetrics.class);

  /** Times of batches of reference encoding, of an operator. */
  public static final String ENCODE_BATCH = "encodeBatchMillis";

  /** Times of batches of scoring, of an operator. */
  public static final String SCORE_BATCH = "scoreBatchMillis";

  private static final String RESTARTS = "flink_jobmanager_job_numRestarts";

  /** Labels that tell one start from the next; as Flink writes them. */
  private static final Set<String> FLEETING =
      Set.of(
          "<host>",
          "<tm_id>",
          "<job_id>",
          "<task_id>",
          "<task_attempt_id>",
          "<task_attempt_num>",
          "<operator_id>");

  private static final Pattern KAFKA_CLIENT =
      Pattern.compile("KafkaConsumer|KafkaProducer|_consumer_|_producer_");
  private static final Pattern NO_NAME = Pattern.compile("[^a-zA-Z0-9:_]");
  private static final double[] QUANTILES = {0.5, 0.75, 0.95, 0.98, 0.99, 0.999};

  private final Map<Place, Entry> entries = new LinkedHashMap<>();

  /** Where a metric is registered, with every label that Flink has for it. */
  private record Place(String name, Map<String, String> variables) {}

  private record Entry(String metricName, String help, Map<String, String> labels, Metric metric) {}

  private record Key(String name, Map<String, String> labels) {}

  @Override
  public void open(MetricConfig config) {
    // Nothing is configured.
  }

  @Override
  public void close() {
    // Groups take their metrics back when they close.
  }

  @Override
  public synchronized void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    String scope = scope(group);
    if (KAFKA_CLIENT.matcher(scope).find()) {
      return;
    }
    Place place = place(name, scope, group);
    entries.remove(place);
    entries.put(
        place,
        new Entry(name, name + " (scope: " + scope + ")", labels(place.variables()), metric));
  }

  @Override
  public synchronized void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    Place place = place(name, scope(group), group);
    Entry entry = entries.get(place);
    if (entry != null && entry.metric() == metric) {
      entries.remove(place);
    }
  }

  private static String scope(MetricGroup group) {
    return ((LogicalScopeProvider) group).getLogicalScope(FlinkMetrics::legal, '_');
  }

  private static Place place(String name, String scope, MetricGroup group) {
    return new Place("flink_" + scope + "_" + legal(name), new TreeMap<>(group.getAllVariables()));
  }

  private static String legal(String text) {
    return NO_NAME.matcher(text).replaceAll("_");
  }

  private static Map<String, String> labels(Map<String, String> variables) {
    Map<String, String> labels = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (!FLEETING.contains(name)) {
            labels.put(legal(name.substring(1, name.length() - 1)), value);
          }
        });
    return labels;
  }

  /** All of them now, by name. */
  public List<FlinkFamily> families() {
    Map<String, Map<Key, Entry>> byName = new TreeMap<>();
    synchronized (this) {
      entries.forEach(
          (place, entry) ->
              byName
                  .computeIfAbsent(place.name(), name -> new LinkedHashMap<>())
                  .put(new Key(place.name(), entry.labels()), entry));
    }
    List<FlinkFamily> families = new ArrayList<>();
    byName.forEach(
        (name, own) -> {
          Entry first = own.values().iterator().next();
          boolean isSummary = first.metric() instanceof Histogram;
          List<FlinkFamily.Sample> samples = new ArrayList<>();
          for (Entry entry : own.values()) {
            if (entry.metric() instanceof Histogram == isSummary) {
              samples.addAll(samples(name, entry));
            }
          }
          if (!samples.isEmpty()) {
            families.add(new FlinkFamily(name, isSummary, first.help(), samples));
          }
        });
    return families;
  }

  /** How often the job was started again after a failure; 0 before it is there. */
  public long restarts() {
    return families().stream()
        .filter(family -> family.name().equals(RESTARTS))
        .flatMap(family -> family.samples().stream())
        .mapToLong(sample -> (long) sample.value())
        .max()
        .orElse(0);
  }

  /** How long batches of reference encoding took, over all subtasks that run. */
  public BatchSeconds.Snapshot encodeBatches() {
    return batches(ENCODE_BATCH);
  }

  /** How long batches of scoring took, over all subtasks that run. */
  public BatchSeconds.Snapshot scoreBatches() {
    return batches(SCORE_BATCH);
  }

  private synchronized BatchSeconds.Snapshot batches(String metricName) {
    return entries.values().stream()
        .filter(entry -> entry.metricName().equals(metricName))
        .map(Entry::metric)
        .filter(BatchSeconds.class::isInstance)
        .map(metric -> ((BatchSeconds) metric).snapshot())
        .reduce(BatchSeconds.Snapshot.NONE, BatchSeconds.Snapshot::plus);
  }

  private static List<FlinkFamily.Sample> samples(String name, Entry entry) {
    if (entry.metric() instanceof Histogram histogram) {
      return summary(name, entry.labels(), histogram);
    }
    OptionalDouble value = value(entry.metric());
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? List.of(new FlinkFamily.Sample(name, entry.labels(), value.getAsDouble()))
        : List.of();
  }

  private static List<FlinkFamily.Sample> summary(
      String name, Map<String, String> labels, Histogram histogram) {
    List<FlinkFamily.Sample> samples = new ArrayList<>();
    HistogramStatistics statistics = histogram.getStatistics();
    for (double quantile : QUANTILES) {
      double value = statistics.getQuantile(quantile);
      if (Double.isFinite(value)) {
        Map<String, String> with = new TreeMap<>(labels);
        with.put("quantile", Double.toString(quantile));
        samples.add(new FlinkFamily.Sample(name, with, value));
      }
    }
    samples.add(new FlinkFamily.Sample(name + "_count", labels, histogram.getCount()));
    return samples;
  }

  private static OptionalDouble value(Metric metric) {
    if (metric instanceof Counter counter) {
      return OptionalDouble.of(counter.getCount());
    }
    if (metric instanceof Meter meter) {
      return OptionalDouble.of(meter.getRate());
    }
    return metric instanceof Gauge<?> gauge ? value(gauge) : OptionalDouble.empty();
  }

  /** A gauge reads what its owner holds, who may be closing: then there is nothing to read. */
  private static OptionalDouble value(Gauge<?> gauge) {
    try {
      Object value = gauge.getValue();
      if (value instanceof Number number) {
        return OptionalDouble.of(number.doubleValue());
      }
      return value instanceof Boolean is ? OptionalDouble.of(is ? 1 : 0) : OptionalDouble.empty();
    } catch (RuntimeException e) {
      LOG.debug("a gauge of Flink cannot be read", e);
      return OptionalDouble.empty();
    }
  }
}
