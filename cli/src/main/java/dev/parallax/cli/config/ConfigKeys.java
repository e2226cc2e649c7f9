package dev.parallax.cli.config;

import dev.parallax.core.Topics;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.jobs.MonitorConfig.SliceSettings;
import dev.parallax.jobs.Restore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every key of the configuration, with its type, default and meaning. Reading, overriding,
 * suggestions and the check of {@code docs/configuration.md} all derive from this list.
 */
final class ConfigKeys {

  private static final List<ConfigKey<?>> DECLARED = new ArrayList<>();

  static final ConfigKey<String> KAFKA_BOOTSTRAP_SERVERS =
      key(
          "kafka.bootstrap-servers",
          ValueType.servers(),
          "localhost:9092",
          "Kafka brokers to start from.");
  static final ConfigKey<Path> KAFKA_CLIENT_PROPERTIES_FILE =
      key(
          "kafka.client-properties-file",
          ValueType.path(),
          "Properties for every Kafka client, such as those of TLS and SASL.");

  static final ConfigKey<String> TOPICS_EVENTS =
      key("topics.events", ValueType.topic(), Topics.DEFAULT.events(), "Native events.");
  static final ConfigKey<String> TOPICS_DEAD_LETTERS =
      key(
          "topics.dead-letters",
          ValueType.topic(),
          Topics.DEFAULT.deadLetters(),
          "Rejected records, each with its reason.");
  static final ConfigKey<String> TOPICS_SCORES =
      key("topics.scores", ValueType.topic(), Topics.DEFAULT.scores(), "Scores, compacted.");
  static final ConfigKey<String> TOPICS_ALERTS =
      key("topics.alerts", ValueType.topic(), Topics.DEFAULT.alerts(), "Changes of verdict.");
  static final ConfigKey<String> TOPICS_BASELINES =
      key(
          "topics.baselines",
          ValueType.topic(),
          Topics.DEFAULT.baselines(),
          "Baselines, compacted.");
  static final ConfigKey<Integer> TOPICS_PARTITIONS =
      key(
          "topics.partitions",
          ValueType.integer(1, 10_000),
          "4",
          "Partitions of a topic that `parallax topics` creates.");
  static final ConfigKey<Integer> TOPICS_REPLICATION_FACTOR =
      key(
          "topics.replication-factor",
          ValueType.integer(1, Short.MAX_VALUE),
          "1",
          "Copies of each partition; 3 in production.");
  static final ConfigKey<Duration> TOPICS_SCORE_HISTORY =
      key(
          "topics.score-history",
          ValueType.durationOrZero(),
          "7d",
          "How long every score stays readable before compaction keeps only a series' newest.");

  static final ConfigKey<ReferenceSection.Encoder> REFERENCE_MANIFEST =
      key(
          "reference.manifest",
          ValueType.encoder(),
          "builtin:all-minilm-l6-v2",
          "The reference encoder: `builtin:<name>`, or the path of a `reference.json`.");
  static final ConfigKey<String> REFERENCE_KIND =
      key(
          "reference.kind",
          ValueType.choice("encoder", "attached"),
          "encoder",
          "`encoder` computes reference vectors from the inputs; `attached` takes those that the"
              + " events carry.");
  static final ConfigKey<String> REFERENCE_ID =
      key(
          "reference.id",
          ValueType.text(),
          "Id of the reference space; required with `attached`, else that of the manifest.");
  static final ConfigKey<Integer> REFERENCE_THREADS =
      key("reference.threads", ValueType.integer(1, 256), "1", "Threads of the encoder.");
  static final ConfigKey<Integer> REFERENCE_CACHE_MEGABYTES =
      key(
          "reference.cache-megabytes",
          ValueType.integer(1, 65_536),
          "256",
          "Most memory for reference vectors that were computed already.");

  static final ConfigKey<String> PROVIDER =
      key(
          "provider",
          ValueType.provider(),
          "cpu",
          "Where ONNX Runtime computes: `cpu`, `cuda` or `cuda:<device>`. A GPU that cannot be used"
              + " is an error. `cuda+tf32` rounds factors of products to TF32, which is faster and"
              + " less exact.");

  static final ConfigKey<String> INGEST_APPLICATION_ID =
      key(
          "ingest.application-id",
          ValueType.topic(),
          "parallax-ingest",
          "Consumer group and prefix of the internal topics and transactions.");
  static final ConfigKey<List<String>> INGEST_SOURCES =
      key(
          "ingest.sources",
          ValueType.topics(),
          "parallax.inference",
          "Topics that services publish native events to; none unless set where `sources` are"
              + " configured.");
  static final ConfigKey<Path> INGEST_INPUT_KEY_SECRET_FILE =
      key(
          "ingest.input-key-secret-file",
          ValueType.path(),
          "File with the secret that input keys are made under, 16 bytes or more; line breaks"
              + " at its end do not count. Without it an event must bring its own key.");
  static final ConfigKey<Path> INGEST_STATE_DIR =
      key(
          "ingest.state-dir",
          ValueType.path(),
          "Folder for the state of ingest; a temporary one when unset.");
  static final ConfigKey<Duration> INGEST_DEDUPLICATION_WINDOW =
      key(
          "ingest.deduplication-window",
          ValueType.duration(),
          "10m",
          "How long an accepted event is remembered to recognise its repeats.");
  static final ConfigKey<Integer> INGEST_DEDUPLICATION_MAX_EVENTS =
      key(
          "ingest.deduplication-max-events",
          ValueType.integer(1, Integer.MAX_VALUE),
          "200000",
          "Most events of a partition that are remembered, about 150 bytes each.");
  static final ConfigKey<Duration> INGEST_COMMIT_INTERVAL =
      key(
          "ingest.commit-interval",
          ValueType.duration(),
          "100ms",
          "How often a transaction is committed: how long an accepted event waits to be readable."
              + " At most 5s.");
  static final ConfigKey<String> INGEST_GROUP_INSTANCE_ID =
      key(
          "ingest.group-instance-id",
          ValueType.topic(),
          "Name of this process among several, stable over restarts, which are then no rebalance.");
  static final ConfigKey<String> INGEST_DEAD_LETTER_VALUES =
      key(
          "ingest.dead-letter-values",
          ValueType.choice("true", "false"),
          "false",
          "Whether dead letters carry the values of their records, which may hold inputs.");
  static final ConfigKey<Integer> INGEST_MAX_WAITING_MEGABYTES =
      key(
          "ingest.max-waiting-megabytes",
          ValueType.integer(1, 65_536),
          "64",
          "Most memory of this process for requests and responses that wait for each other; the"
              + " longest-waiting give way.");
  static final ConfigKey<Integer> INGEST_STANDBY_REPLICAS =
      key(
          "ingest.standby-replicas",
          ValueType.integer(0, 8),
          "0",
          "Further processes that keep a copy of the state, to take over at once.");
  static final ConfigKey<Integer> INGEST_THREADS =
      key("ingest.threads", ValueType.integer(1, 256), "1", "Threads of ingest in this process.");
  static final ConfigKey<String> INGEST_HOST =
      key(
          "ingest.host",
          ValueType.text(),
          "127.0.0.1",
          "Address that `parallax ingest` listens on with its metrics and probes; loopback unless"
              + " you mean otherwise.");
  static final ConfigKey<Integer> INGEST_PORT =
      key("ingest.port", ValueType.integer(0, 65_535), "8081", "Its port; 0 takes any free one.");
  static final ConfigKey<Path> INGEST_WEB_CONFIG_FILE =
      key(
          "ingest.web-config-file",
          ValueType.path(),
          "TLS and passwords of its server, in the format of Prometheus' web configuration files.");
  static final ConfigKey<Integer> INGEST_LIMITS_MAX_RECORD_BYTES =
      limit("max-record-bytes", EventLimits.DEFAULT.maxRecordBytes(), "Largest record, in bytes.");
  static final ConfigKey<Integer> INGEST_LIMITS_MAX_DIMENSION =
      limit("max-dimension", EventLimits.DEFAULT.maxDimension(), "Most elements of a vector.");
  static final ConfigKey<Integer> INGEST_LIMITS_MAX_TEXT_BYTES =
      limit("max-text-bytes", EventLimits.DEFAULT.maxTextBytes(), "Longest input text, in bytes.");
  static final ConfigKey<Integer> INGEST_LIMITS_MAX_ATTRIBUTES =
      limit("max-attributes", EventLimits.DEFAULT.maxAttributes(), "Most attributes of an event.");
  static final ConfigKey<Integer> INGEST_LIMITS_MAX_ATTRIBUTE_BYTES =
      limit(
          "max-attribute-bytes",
          EventLimits.DEFAULT.maxAttributeBytes(),
          "Longest name or value of an attribute, in bytes.");
  static final ConfigKey<Duration> INGEST_LIMITS_MAX_AHEAD =
      key(
          "ingest.limits.max-ahead",
          ValueType.duration(),
          "5m",
          "How far an event time may lie after the clock.");
  static final ConfigKey<Duration> INGEST_LIMITS_MAX_BEHIND =
      key(
          "ingest.limits.max-behind",
          ValueType.duration(),
          "7d",
          "How far an event time may lie before the clock.");

  static final ConfigKey<String> MONITOR_APPLICATION_ID =
      key(
          "monitor.application-id",
          ValueType.topic(),
          "parallax-monitor",
          "Consumer group and prefix of the transactions.");
  static final ConfigKey<String> MONITOR_HOST =
      key(
          "monitor.host",
          ValueType.text(),
          "127.0.0.1",
          "Address that `parallax monitor` listens on with its metrics and probes; loopback unless"
              + " you mean otherwise.");
  static final ConfigKey<Integer> MONITOR_PORT =
      key("monitor.port", ValueType.integer(0, 65_535), "8082", "Its port; 0 takes any free one.");
  static final ConfigKey<Path> MONITOR_WEB_CONFIG_FILE =
      key(
          "monitor.web-config-file",
          ValueType.path(),
          "TLS and passwords of its server, in the format of Prometheus' web configuration files.");
  static final ConfigKey<Duration> MONITOR_PANE =
      key(
          "monitor.pane",
          ValueType.duration(),
          "1m",
          "Length of a pane: the unit of statistics and of testing.");
  static final ConfigKey<Integer> MONITOR_WINDOW_PANES =
      key(
          "monitor.window-panes",
          ValueType.integer(1, 10_000),
          "15",
          "Panes of the rolling window that scores are shown over.");
  static final ConfigKey<Integer> MONITOR_SAMPLE_SIZE =
      key(
          "monitor.sample-size",
          ValueType.integer(4, 65_536),
          "512",
          "Most pairs kept of a pane. Intervals need 512: eight batches of 64.");
  static final ConfigKey<Duration> MONITOR_LATENESS =
      key(
          "monitor.lateness",
          ValueType.durationOrZero(),
          "30s",
          "How much later than the newest event of its partition an event may come.");
  static final ConfigKey<Duration> MONITOR_IDLE_TIMEOUT =
      key(
          "monitor.idle-timeout",
          ValueType.duration(),
          "30s",
          "After how long without events a partition no longer holds back the others.");
  static final ConfigKey<Integer> MONITOR_PARALLELISM =
      key(
          "monitor.parallelism",
          ValueType.integer(1, 32_768),
          "1",
          "Slots of the job; scores do not depend on it.");
  static final ConfigKey<Duration> MONITOR_CHECKPOINT_INTERVAL =
      key(
          "monitor.checkpoint-interval",
          ValueType.duration(),
          "30s",
          "How often the job's state is saved, and most that is read again after a crash.");
  static final ConfigKey<Path> MONITOR_CHECKPOINT_DIR =
      key(
          "monitor.checkpoint-dir",
          ValueType.path(),
          "Folder for checkpoints, from which the job goes on after a failure and a restart;"
              + " temporary when unset.");
  static final ConfigKey<Restore> MONITOR_RESTORE =
      key(
          "monitor.restore",
          ValueType.restore(),
          "latest",
          "What a start goes on from: the newest checkpoint of the application, nothing (new"
              + " baselines), or a certain checkpoint.");
  static final ConfigKey<Long> MONITOR_SEED =
      key(
          "monitor.seed",
          ValueType.longInteger(),
          "0",
          "Seed of the sample; a replay needs the same.");
  static final ConfigKey<Duration> MONITOR_SILENT_AFTER =
      key(
          "monitor.silent-after",
          ValueType.duration(),
          "10m",
          "After how long without events a series is called `silent`.");
  static final ConfigKey<Integer> MONITOR_BASELINE_PANES =
      key(
          "monitor.baseline.panes",
          ValueType.integer(4, 100_000),
          "200",
          "Panes that make the baseline of a new series: half to fit on, half to measure on.");
  static final ConfigKey<Integer> MONITOR_BASELINE_MIN_PAIRS =
      key(
          "monitor.baseline.min-pairs",
          ValueType.integer(4, Integer.MAX_VALUE),
          "512",
          "Fewest pairs of a pane that is learnt from or tested.");
  static final ConfigKey<Integer> MONITOR_BASELINE_STRATA =
      key(
          "monitor.baseline.strata",
          ValueType.integer(1, 1_024),
          "16",
          "Groups of alike inputs that the residual is averaged over, so that traffic hardly moves"
              + " it.");
  static final ConfigKey<Double> MONITOR_BASELINE_RIDGE =
      key(
          "monitor.baseline.ridge",
          ValueType.number(0, 1_000),
          "0.01",
          "Penalty of the translation's fit, relative to the spread of the reference vectors.");
  static final ConfigKey<String> MONITOR_BASELINE_APPROVAL =
      key(
          "monitor.baseline.approval",
          ValueType.choice("automatic", "required"),
          "automatic",
          "`automatic` arms a baseline whose A/A report is within the page budget, and else waits"
              + " for `parallax baseline approve`; `required` always waits.");
  static final ConfigKey<Integer> MONITOR_BASELINE_LEAST_HOLD_OUT_PANES =
      key(
          "monitor.baseline.least-hold-out-panes",
          ValueType.integer(2, 100_000),
          "100",
          "Fewest panes measured on, half of `monitor.baseline.panes`, of a baseline that may be"
              + " within the page budget.");
  static final ConfigKey<Double> MONITOR_DETECTOR_MARGIN =
      key(
          "monitor.detector.margin",
          ValueType.number(0, 10),
          "0.05",
          "Smallest rise of the translation residual worth a page, relative to the baseline's.");
  static final ConfigKey<Double> MONITOR_DETECTOR_FLOOR =
      key(
          "monitor.detector.floor",
          ValueType.number(0, 10),
          "0.001",
          "Smallest rise of the translation residual worth a page, absolute (rows have norm 1).");
  static final ConfigKey<PageBudget> MONITOR_FLEET_PAGE_BUDGET =
      key(
          "monitor.fleet.page-budget",
          ValueType.pageBudget(),
          "1 per 30d",
          "Most false pages on average, over all models together, such as `1 per 30d`.");
  static final ConfigKey<Double> MONITOR_FLEET_COMMON_CAUSE_SHARE =
      key(
          "monitor.fleet.common-cause-share",
          ValueType.number(0, 1),
          "0.1",
          "When more than this share of the models moves at once, what they share is called faulty:"
              + " `reference-fault`. 1 never does.");
  static final ConfigKey<Integer> MONITOR_FLEET_COMMON_CAUSE_LEAST =
      key(
          "monitor.fleet.common-cause-least",
          ValueType.integer(2, Integer.MAX_VALUE),
          "3",
          "Fewest models that must move at once for that.");
  static final ConfigKey<Integer> MONITOR_FLEET_COMMON_CAUSE_TICKS =
      key(
          "monitor.fleet.common-cause-ticks",
          ValueType.integer(1, 10_000),
          "3",
          "Models that page within so many panes of each other move at once.");

  static final ConfigKey<List<String>> MONITOR_SLICES =
      key(
          "monitor.slices",
          ValueType.attributes(SliceSettings.MAX_ATTRIBUTES),
          "Attributes of events, such as `tenant, language`, whose values are tracked as series of"
              + " their own beside the whole traffic of a model.");
  static final ConfigKey<Integer> MONITOR_SLICE_VALUES =
      key(
          "monitor.slice-values",
          ValueType.integer(1, 20),
          "20",
          "Most values of an attribute that are tracked, of each model; what this hides is"
              + " counted.");
  static final ConfigKey<Integer> MONITOR_SLICE_MIN_PAIRS =
      key(
          "monitor.slice-min-pairs",
          ValueType.integer(64, Integer.MAX_VALUE),
          "128",
          "Fewest pairs of a slice's pane that is learnt from or tested.");
  static final ConfigKey<Double> MONITOR_PROBES_TOLERANCE =
      key(
          "monitor.probes.tolerance",
          ValueType.number(0, 0.5),
          "0.015",
          "A change of the answers to probes that no rotation explains is called `diverged` when"
              + " the mean of 1 − cos is above this, or that of one probe above four times it.");

  static final ConfigKey<String> EXPORTER_HOST =
      key(
          "exporter.host",
          ValueType.text(),
          "127.0.0.1",
          "Address to listen on; loopback unless you mean otherwise.");
  static final ConfigKey<Integer> EXPORTER_PORT =
      key("exporter.port", ValueType.integer(0, 65_535), "8080", "Port; 0 takes any free one.");
  static final ConfigKey<Path> EXPORTER_WEB_CONFIG_FILE =
      key(
          "exporter.web-config-file",
          ValueType.path(),
          "TLS and passwords of its server, in the format of Prometheus' web configuration files.");
  static final ConfigKey<Duration> EXPORTER_SERIES_RETENTION =
      key(
          "exporter.series-retention",
          ValueType.duration(),
          "24h",
          "How long after its last score a series stays on the page and in the metrics.");
  static final ConfigKey<Integer> EXPORTER_MAX_SERIES =
      key(
          "exporter.max-series",
          ValueType.integer(1, 1_000_000),
          "200",
          "Most series shown at once; what this hides is counted.");
  static final ConfigKey<Integer> EXPORTER_HISTORY_POINTS =
      key(
          "exporter.history-points",
          ValueType.integer(1, 1_000_000),
          "720",
          "Panes per series kept for the charts.");

  /** All of them, in the order of the documentation. */
  static final List<ConfigKey<?>> ALL = List.copyOf(DECLARED);

  private ConfigKeys() {}

  static List<String> names() {
    return ALL.stream().map(ConfigKey::name).toList();
  }

  static Optional<ConfigKey<?>> named(String name) {
    for (ConfigKey<?> key : ALL) {
      if (key.name().equals(name)) {
        return Optional.of(key);
      }
    }
    return SourceKeys.named(name).or(() -> ReferenceKeys.named(name));
  }

  /** Whether {@code name} is the first part of a longer key. */
  static boolean isSection(String name) {
    return SourceKeys.isSection(name)
        || ReferenceKeys.isSection(name)
        || ALL.stream().anyMatch(key -> key.name().startsWith(name + "."));
  }

  /** The names that {@code name} may have meant. */
  static List<String> namesLike(String name) {
    List<String> like = new ArrayList<>(names());
    like.addAll(SourceKeys.namesLike(name));
    like.addAll(ReferenceKeys.namesLike(name));
    return like;
  }

  private static ConfigKey<Integer> limit(String name, int defaultValue, String documentation) {
    return key(
        "ingest.limits." + name,
        ValueType.integer(1, 1_000_000_000),
        Integer.toString(defaultValue),
        documentation);
  }

  private static <T> ConfigKey<T> key(
      String name, ValueType<T> type, String defaultText, String documentation) {
    return declare(new ConfigKey<>(name, type, Optional.of(defaultText), documentation));
  }

  private static <T> ConfigKey<T> key(String name, ValueType<T> type, String documentation) {
    return declare(new ConfigKey<>(name, type, Optional.empty(), documentation));
  }

  private static <T> ConfigKey<T> declare(ConfigKey<T> key) {
    DECLARED.add(key);
    return key;
  }
}
