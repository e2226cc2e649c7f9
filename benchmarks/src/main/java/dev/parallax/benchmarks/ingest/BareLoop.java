package dev.parallax.benchmarks.ingest;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads, decodes, writes under the input key and commits, exactly once, with the clients' settings
 * of ingest: the least that any such application does. It neither validates nor remembers.
 */
final class BareLoop {

  private static final long COMMIT_INTERVAL_NANOS = 100_000_000;

  private BareLoop() {}

  /** Seconds from the first record to the last commit. */
  static double seconds(Source source, String to, String group) {
    Map<String, Object> read = new HashMap<>();
    read.put("bootstrap.servers", source.bootstrapServers());
    read.put("group.id", group);
    read.put("isolation.level", "read_committed");
    read.put("enable.auto.commit", "false");
    read.put("auto.offset.reset", "earliest");
    read.put("max.poll.records", 1000); // as Kafka Streams has it
    Map<String, Object> write = new HashMap<>();
    write.put("bootstrap.servers", source.bootstrapServers());
    write.put("transactional.id", group);
    write.put("linger.ms", 5);
    write.put("batch.size", 131_072);
    EventCodec codec = new EventCodec(EventLimits.DEFAULT);
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(read, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(write, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      consumer.subscribe(List.of(Source.TOPIC));
      Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
      long first = 0;
      long lastCommit = System.nanoTime();
      int written = 0;
      boolean open = false;
      while (written < source.records() || open) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        if (first == 0 && !records.isEmpty()) {
          first = System.nanoTime();
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
          if (!open) {
            producer.beginTransaction();
            open = true;
          }
          producer.send(transformed(record, codec, to));
          done.put(
              new TopicPartition(record.topic(), record.partition()),
              new OffsetAndMetadata(record.offset() + 1));
          written++;
        }
        boolean due = System.nanoTime() - lastCommit >= COMMIT_INTERVAL_NANOS;
        if (open && (due || written == source.records())) {
          producer.sendOffsetsToTransaction(done, consumer.groupMetadata());
          producer.commitTransaction();
          done.clear();
          open = false;
          lastCommit = System.nanoTime();
        }
      }
      return (System.nanoTime() - first) / 1e9;
    }
  }

  private static ProducerRecord<byte[], byte[]> transformed(
      ConsumerRecord<byte[], byte[]> record, EventCodec codec, String to) {
    EmbeddingEvent event = ((Decoded.Accepted) codec.decode(record.value())).event();
    byte[] key = event.inputKey().map(InputKey::toBytes).orElseThrow();
    return new ProducerRecord<>(to, null, null, key, record.value(), record.headers());
  }
}
