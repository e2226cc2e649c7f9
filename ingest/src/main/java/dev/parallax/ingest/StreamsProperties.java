package dev.parallax.ingest;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;

/** What Kafka Streams is told. */
final class StreamsProperties {

  /** What key, headers and framing may add to a value. */
  static final int RECORD_OVERHEAD_BYTES = 32_768;

  private static final int PRODUCER_DEFAULT_REQUEST_BYTES = 1_048_576;

  private StreamsProperties() {}

  static Properties of(IngestConfig config) {
    Properties properties = new Properties();
    // An event is readable once its transaction is committed: gather for less than a commit takes.
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 131_072);
    // A thread or process that dies leaves its partitions only when its session times out.
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
    properties.putAll(config.client());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(largestRecordBytes(config)));
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
    // Retries what may pass and fails on the rest: a record that is not written must never be taken
    // as read. Sizes are checked beforehand, so an over-size record does not come this far.
    properties.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        DefaultProductionExceptionHandler.class);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Math.max(PRODUCER_DEFAULT_REQUEST_BYTES, largestRecordBytes(config)));
    config
        .groupInstanceId()
        .ifPresent(
            id ->
                properties.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
    return properties;
  }

  /** Size of the largest record that is ever written, in bytes. */
  static int largestRecordBytes(IngestConfig config) {
    return Math.addExact(config.limits().maxRecordBytes(), RECORD_OVERHEAD_BYTES);
  }
}
