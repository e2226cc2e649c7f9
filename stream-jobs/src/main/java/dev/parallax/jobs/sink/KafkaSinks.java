package dev.parallax.jobs.sink;

import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorSinks;
import java.nio.charset.StandardCharsets;
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

  private KafkaSinks() {}

  /** The sinks of a live job. */
  public static MonitorSinks of(MonitorConfig config) {
    return new MonitorSinks(
        sink(config, config.topics().scores()),
        Optional.of(sink(config, config.topics().alerts())),
        sink(config, config.topics().deadLetters()));
  }

  private static Sink<OutRecord> sink(MonitorConfig config, String topic) {
    Properties properties = new Properties();
    properties.putAll(config.clientProperties());
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
