package dev.parallax.cli.config;

import dev.parallax.cli.config.ReferenceSection.Kind;
import dev.parallax.core.Topics;
import dev.parallax.core.drift.ArmingRule;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.fleet.FleetSettings;
import dev.parallax.ingest.SourceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts the values of the keys into the records of the sections. */
final class ConfigSections {

  private final ConfigValues values;

  private ConfigSections(ConfigValues values) {
    this.values = values;
  }

  /**
   * All sections.
   *
   * @param origin named by mistakes that concern more than one key
   */
  static ParallaxConfig of(ConfigValues values, Origin origin) {
    ConfigSections sections = new ConfigSections(values);
    try {
      return new ParallaxConfig(
          new KafkaSection(
              values.get(ConfigKeys.KAFKA_BOOTSTRAP_SERVERS),
              values.find(ConfigKeys.KAFKA_CLIENT_PROPERTIES_FILE)),
          sections.topics(),
          sections.reference(),
          ReferenceKeys.all(values),
          values.get(ConfigKeys.PROVIDER),
          sections.ingest(),
          sections.monitor(),
          sections.exporter());
    } catch (IllegalArgumentException e) {
      throw origin.mistake(String.valueOf(e.getMessage()));
    }
  }

  private TopicsSection topics() {
    return new TopicsSection(
        new Topics(
            values.get(ConfigKeys.TOPICS_EVENTS),
            values.get(ConfigKeys.TOPICS_DEAD_LETTERS),
            values.get(ConfigKeys.TOPICS_SCORES),
            values.get(ConfigKeys.TOPICS_ALERTS),
            values.get(ConfigKeys.TOPICS_BASELINES)),
        values.get(ConfigKeys.TOPICS_PARTITIONS),
        values.get(ConfigKeys.TOPICS_REPLICATION_FACTOR),
        values.get(ConfigKeys.TOPICS_SCORE_HISTORY));
  }

  private ReferenceSection reference() {
    return new ReferenceSection(
        Kind.valueOf(values.get(ConfigKeys.REFERENCE_KIND).toUpperCase(Locale.ROOT)),
        values.get(ConfigKeys.REFERENCE_MANIFEST),
        values.find(ConfigKeys.REFERENCE_ID),
        values.get(ConfigKeys.REFERENCE_THREADS),
        values.get(ConfigKeys.REFERENCE_CACHE_MEGABYTES));
  }

  private IngestSection ingest() {
    List<SourceConfig> sources = new ArrayList<>();
    List<String> named = SourceKeys.sources(values);
    if (named.isEmpty() || values.names().contains(ConfigKeys.INGEST_SOURCES.name())) {
      values.get(ConfigKeys.INGEST_SOURCES).stream()
          .map(SourceConfig::nativeEvents)
          .forEach(sources::add);
    }
    named.forEach(name -> sources.add(SourceKeys.source(name, values)));
    return new IngestSection(
        values.get(ConfigKeys.INGEST_APPLICATION_ID),
        sources,
        values.find(ConfigKeys.INGEST_INPUT_KEY_SECRET_FILE),
        values.find(ConfigKeys.INGEST_STATE_DIR),
        values.get(ConfigKeys.INGEST_DEDUPLICATION_WINDOW),
        values.get(ConfigKeys.INGEST_DEDUPLICATION_MAX_EVENTS),
        values.get(ConfigKeys.INGEST_COMMIT_INTERVAL),
        values.get(ConfigKeys.INGEST_THREADS),
        values.find(ConfigKeys.INGEST_GROUP_INSTANCE_ID),
        values.get(ConfigKeys.INGEST_STANDBY_REPLICAS),
        Boolean.parseBoolean(values.get(ConfigKeys.INGEST_DEAD_LETTER_VALUES)),
        values.get(ConfigKeys.INGEST_MAX_WAITING_MEGABYTES),
        values.get(ConfigKeys.INGEST_HOST),
        values.get(ConfigKeys.INGEST_PORT),
        values.find(ConfigKeys.INGEST_WEB_CONFIG_FILE),
        new EventLimits(
            values.get(ConfigKeys.INGEST_LIMITS_MAX_RECORD_BYTES),
            values.get(ConfigKeys.INGEST_LIMITS_MAX_DIMENSION),
            values.get(ConfigKeys.INGEST_LIMITS_MAX_TEXT_BYTES),
            values.get(ConfigKeys.INGEST_LIMITS_MAX_ATTRIBUTES),
            values.get(ConfigKeys.INGEST_LIMITS_MAX_ATTRIBUTE_BYTES),
            values.get(ConfigKeys.INGEST_LIMITS_MAX_AHEAD),
            values.get(ConfigKeys.INGEST_LIMITS_MAX_BEHIND)));
  }

  private MonitorSection monitor() {
    return new MonitorSection(
        values.get(ConfigKeys.MONITOR_APPLICATION_ID),
        values.get(ConfigKeys.MONITOR_HOST),
        values.get(ConfigKeys.MONITOR_PORT),
        values.find(ConfigKeys.MONITOR_WEB_CONFIG_FILE),
        values.get(ConfigKeys.MONITOR_PANE),
        values.get(ConfigKeys.MONITOR_WINDOW_PANES),
        values.get(ConfigKeys.MONITOR_SAMPLE_SIZE),
        values.get(ConfigKeys.MONITOR_LATENESS),
        values.get(ConfigKeys.MONITOR_IDLE_TIMEOUT),
        values.get(ConfigKeys.MONITOR_PARALLELISM),
        values.get(ConfigKeys.MONITOR_CHECKPOINT_INTERVAL),
        values.find(ConfigKeys.MONITOR_CHECKPOINT_DIR),
        values.get(ConfigKeys.MONITOR_RESTORE),
        values.get(ConfigKeys.MONITOR_SEED),
        values.get(ConfigKeys.MONITOR_SILENT_AFTER),
        new MonitorSection.Baseline(
            values.get(ConfigKeys.MONITOR_BASELINE_PANES),
            values.get(ConfigKeys.MONITOR_BASELINE_MIN_PAIRS),
            values.get(ConfigKeys.MONITOR_BASELINE_STRATA),
            values.get(ConfigKeys.MONITOR_BASELINE_RIDGE),
            new ArmingRule(
                ArmingRule.Mode.valueOf(
                    values.get(ConfigKeys.MONITOR_BASELINE_APPROVAL).toUpperCase(Locale.ROOT)),
                values.get(ConfigKeys.MONITOR_BASELINE_LEAST_HOLD_OUT_PANES))),
        new MonitorSection.Detector(
            values.get(ConfigKeys.MONITOR_DETECTOR_MARGIN),
            values.get(ConfigKeys.MONITOR_DETECTOR_FLOOR)),
        new FleetSettings(
            values.get(ConfigKeys.MONITOR_FLEET_PAGE_BUDGET),
            values.get(ConfigKeys.MONITOR_FLEET_COMMON_CAUSE_SHARE),
            values.get(ConfigKeys.MONITOR_FLEET_COMMON_CAUSE_LEAST),
            values.get(ConfigKeys.MONITOR_FLEET_COMMON_CAUSE_TICKS)),
        new MonitorSection.Slices(
            values.find(ConfigKeys.MONITOR_SLICES).orElse(List.of()),
            values.get(ConfigKeys.MONITOR_SLICE_VALUES),
            values.get(ConfigKeys.MONITOR_SLICE_MIN_PAIRS)),
        values.get(ConfigKeys.MONITOR_PROBES_TOLERANCE));
  }

  private ExporterSection exporter() {
    return new ExporterSection(
        values.get(ConfigKeys.EXPORTER_HOST),
        values.get(ConfigKeys.EXPORTER_PORT),
        values.find(ConfigKeys.EXPORTER_WEB_CONFIG_FILE),
        values.get(ConfigKeys.EXPORTER_SERIES_RETENTION),
        values.get(ConfigKeys.EXPORTER_MAX_SERIES),
        values.get(ConfigKeys.EXPORTER_HISTORY_POINTS));
  }
}
