package dev.parallax.jobs.sink;

import dev.parallax.core.drift.BaselineWire;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorSinks;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes results to Kafka, each exactly once: a result becomes visible with the checkpoint that
 * follows it.
 */
public final class KafkaSinks {

  /** Brokers allow 15 minutes unless told otherwise. */
  private static final String TRANSACTION_TIMEOUT_MILLIS = String.valueOf(10 * 60 * 1000);

  /** Room for the largest baseline, which compresses to less. */
  private static final Map<String, String> LARGE =
      Map.of(
          "max.request.size", String.valueOf(BaselineWire.MAX_BYTES + 65_536),
          "buffer.memory", String.valueOf(2 * BaselineWire.MAX_BYTES),
          "compression.type", "zstd");

  private KafkaSinks() {}

  /** The sinks of a live job. */
  public static MonitorSinks of(MonitorConfig config) {
    return new MonitorSinks(
        sink(config, config.topics().scores(), Map.of()),
        Optional.of(sink(config, config.topics().alerts(), Map.of())),
        sink(config, config.topics().baselines(), LARGE),
        sink(config, config.topics().deadLetters(), Map.of()));
  }

  private static Sink<OutRecord> sink(
      MonitorConfig config, String topic, Map<String, String> producer) {
    Properties properties = new Properties();
    properties.putAll(config.clientProperties());
    properties.putAll(producer);
    properties.setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS);
    return KafkaSink.<OutRecord>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(config.groupId() + "-" + topic)
        .setRecordSerializer(new ToProducerRecord(topic))
        .build();
  }

  /** A result as the record that is sent. */
  static final class ToProducerRecord implements KafkaRecordSerializationSchema<OutRecord> {
    private static final long serialVersionUID = 1L;
    private final String topic;

    ToProducerRecord(String topic) {
      this.topic = topic;
    }

    /** Kafka's time is the wall clock: records with old timestamps fall to retention at once. */
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        OutRecord record, KafkaSinkContext context, Long timestamp) {
      ProducerRecord<byte[], byte[]> out =
          new ProducerRecord<>(topic, null, null, record.key(), record.value());
      record
          .headers()
          .forEach(
              (name, value) -> out.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      return out;
    }
  }
}
