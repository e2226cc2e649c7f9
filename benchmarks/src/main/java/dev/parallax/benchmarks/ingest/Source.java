package dev.parallax.benchmarks.ingest;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.client.NativeEventRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic of native events to be read again and again.
 *
 * @param bootstrapServers of the broker
 * @param records how many
 * @param dimension width of their vectors
 */
record Source(String bootstrapServers, int records, int dimension) {

  static final String TOPIC = "source";
  static final int PARTITIONS = 2;
  private static final int VECTORS = 512;

  /** Makes the topic and writes the events to it, a second ago by their own time. */
  void publish() throws ExecutionException, InterruptedException {
    createTopics(TOPIC);
    SplittableRandom random = new SplittableRandom(7);
    WireVector[] vectors = new WireVector[VECTORS];
    for (int i = 0; i < VECTORS; i++) {
      float[] vector = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        vector[j] = (float) random.nextDouble(-1, 1);
      }
      vectors[i] = WireVector.of(vector);
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("batch.size", 1 << 20);
    properties.put("linger.ms", 20);
    properties.put("buffer.memory", 256L << 20);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        InputKey key = new InputKey(random.nextLong(), random.nextLong());
        producer.send(
            NativeEventRecord.of(
                EmbeddingEvent.of("model", "1", vectors[i % VECTORS], key),
                "event-" + i,
                "/benchmark",
                System.currentTimeMillis(),
                TOPIC));
      }
    }
  }

  /** Makes topics that take the largest events. */
  void createTopics(String... names) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(
              List.of(names).stream()
                  .map(
                      name ->
                          new NewTopic(name, PARTITIONS, (short) 1)
                              .configs(Map.of("max.message.bytes", "2000000")))
                  .toList())
          .all()
          .get();
    }
  }

  void deleteTopics(String... names) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.deleteTopics(List.of(names)).all().get();
    }
  }
}
