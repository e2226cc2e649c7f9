package dev.parallax.benchmarks;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes a {@link Load} to its topic, in order of event time within each partition. */
final class LoadPublisher {

  /** Distinct vectors; more would only make publishing slower. */
  private static final int VECTORS = 2048;

  private LoadPublisher() {}

  static void publish(Load load, String bootstrapServers) {
    SplittableRandom random = new SplittableRandom(load.dimension());
    float[][] references = rows(random, load.dimension());
    float[][] noise = rows(random, load.dimension());
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("batch.size", 1 << 20);
    properties.put("linger.ms", 20);
    properties.put("buffer.memory", 256L << 20);
    properties.put("max.request.size", 8 << 20);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int event = 0; event < load.events(); event++) {
        int input = event / load.models();
        InputKey key = new InputKey(mix(input), mix(~input));
        float[] reference = references[input % VECTORS];
        float[] live = live(reference, noise[event % VECTORS]);
        producer.send(record(load, event, key, live, reference));
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      Load load, int event, InputKey key, float[] live, float[] reference) {
    EmbeddingEvent value =
        EmbeddingEvent.of(load.model(event), "1", WireVector.of(live), key)
            .withReference(Load.REFERENCE, WireVector.of(reference));
    int partition = (int) Math.floorMod(key.high(), (long) Load.PARTITIONS);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(load.topic(), partition, key.toBytes(), EventCodec.encode(value));
    header(record, EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_1);
    header(record, EventHeaders.ID, "event-" + event);
    header(record, EventHeaders.SOURCE, "/benchmark");
    header(record, EventHeaders.TYPE, EventHeaders.TYPE_V1);
    header(record, EventHeaders.TIME, EventTime.format(load.timeMillis(event)));
    header(record, EventHeaders.SUBJECT, load.model(event) + "/1");
    header(record, EventHeaders.CONTENT_TYPE, EventHeaders.PROTOBUF);
    return record;
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static float[][] rows(SplittableRandom random, int width) {
    float[][] rows = new float[VECTORS][width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextDouble(-1, 1);
      }
    }
    return rows;
  }

  private static float[] live(float[] reference, float[] noise) {
    float[] live = new float[reference.length];
    for (int j = 0; j < live.length; j++) {
      live[j] = reference[live.length - 1 - j] + 0.3f * noise[j];
    }
    return live;
  }

  private static long mix(long value) {
    return new SplittableRandom(value).nextLong();
  }
}
