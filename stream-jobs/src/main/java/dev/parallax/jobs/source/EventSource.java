package dev.parallax.jobs.source;

import dev.parallax.jobs.MonitorConfig;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Reads the events topic. Event time is the event's own, never Kafka's. */
public final class EventSource {

  private static final String FETCH_BYTES = String.valueOf(4 << 20);

  private EventSource() {}

  /** Events as they come, from the group's offsets on, or from the beginning for a new group. */
  @SuppressWarnings("deprecation") // The connector's API takes a type that Kafka has deprecated.
  public static SingleOutputStreamOperator<SourceRecord> live(
      StreamExecutionEnvironment env, MonitorConfig config) {
    return add(
        env,
        watermarks(config).withIdleness(config.idleTimeout()),
        builder(config)
            .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)));
  }

  /**
   * All events that the topic holds now, and then the end of the input. No partition counts as idle
   * here, however slow: each has an end, and that a wall clock could make events late would be no
   * replay.
   */
  public static SingleOutputStreamOperator<SourceRecord> replay(
      StreamExecutionEnvironment env, MonitorConfig config) {
    return add(
        env,
        watermarks(config),
        builder(config)
            // The group's offsets are those of the live job.
            .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false")
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded(OffsetsInitializer.latest()));
  }

  private static KafkaSourceBuilder<SourceRecord> builder(MonitorConfig config) {
    Properties properties = new Properties();
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    properties.putAll(config.clientProperties());
    return KafkaSource.<SourceRecord>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setGroupId(config.groupId())
        .setTopics(config.topics().events())
        .setProperties(properties)
        .setDeserializer(new EventDeserializer(config.reference().id()));
  }

  private static WatermarkStrategy<SourceRecord> watermarks(MonitorConfig config) {
    return WatermarkStrategy.<SourceRecord>forBoundedOutOfOrderness(config.lateness())
        .withTimestampAssigner((record, kafkaTime) -> record.timeMillis());
  }

  private static SingleOutputStreamOperator<SourceRecord> add(
      StreamExecutionEnvironment env,
      WatermarkStrategy<SourceRecord> watermarks,
      KafkaSourceBuilder<SourceRecord> builder) {
    return env.fromSource(builder.build(), watermarks, "events").uid("events");
  }
}
