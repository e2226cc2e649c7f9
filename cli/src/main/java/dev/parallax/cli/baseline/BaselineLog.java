package dev.parallax.cli.baseline;

import dev.parallax.cli.CliException;
import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.core.drift.BaselineEntry;
import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.drift.BaselineWire;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What the baselines topic says now: of every key the newest entry. */
final class BaselineLog {

  private final Map<String, BaselineEntry> entries = new TreeMap<>();
  private final SeriesFilter filter;

  private BaselineLog(SeriesFilter filter) {
    this.filter = filter;
  }

  /**
   * Reads the topic up to its present end.
   *
   * @throws CliException if it cannot be read, or holds what this build does not know
   */
  static BaselineLog read(RecordReader reader, String topic, SeriesFilter filter) {
    BaselineLog log = new BaselineLog(filter);
    reader.readAll(topic, Instant.EPOCH, log::add);
    return log;
  }

  private void add(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      return;
    }
    try {
      BaselineEntry entry = BaselineWire.read(value);
      entries.put(entry.key(), entry);
    } catch (IOException e) {
      throw CliException.failure(
          record.topic() + "-" + record.partition() + "@" + record.offset() + ": " + e.getMessage(),
          e);
    }
  }

  /** Names of all models that the topic knows, whatever the filter admits. */
  Set<String> models() {
    return entries.values().stream()
        .map(entry -> entry.series().model())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Baselines of the series that the filter admits: by series, those in use last. */
  List<BaselineRecord> records() {
    return entries.values().stream()
        .filter(BaselineRecord.class::isInstance)
        .map(BaselineRecord.class::cast)
        .filter(record -> filter.admits(record.series()))
        .sorted(
            Comparator.comparing(BaselineRecord::series)
                .thenComparing(record -> record.until().orElse(Long.MAX_VALUE)))
        .toList();
  }

  /** Those of a state. */
  List<BaselineRecord> records(BaselineRecord.State state) {
    return records().stream().filter(record -> record.state() == state).toList();
  }

  /** The order to arm a baseline, if it was given. */
  Optional<BaselineOrder> approval(BaselineRecord record) {
    return Optional.ofNullable(entries.get(key(BaselineOrder.Kind.ARM, record)))
        .map(BaselineOrder.class::cast);
  }

  private static String key(BaselineOrder.Kind kind, BaselineRecord record) {
    return new BaselineOrder(
            kind, record.series(), record.baseline(), OrderSender.approval(Optional.empty()))
        .key();
  }
}
