package dev.parallax.ingest;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.client.NativeEventRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Events, records and configuration for tests. */
public final class TestEvents {

  public static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  public static final String SOURCE_TOPIC = "app-embeddings";
  public static final InputKey KEY = new InputKey(0x0123456789abcdefL, 42);
  public static final InputKeySecret SECRET =
      InputKeySecret.of("a secret for tests only".getBytes(StandardCharsets.US_ASCII));

  private TestEvents() {}

  public static IngestConfig.Builder config(String bootstrapServers, Path stateDir) {
    return IngestConfig.builder(bootstrapServers, stateDir, List.of(SOURCE_TOPIC))
        .inputKeySecret(SECRET)
        .limits(new EventLimits(2_000, 256, 500, 4, 64, Duration.ofMinutes(5), Duration.ofDays(7)));
  }

  public static EmbeddingEvent event(float... vector) {
    return EmbeddingEvent.of("search/embedder", "7", WireVector.of(vector), KEY);
  }

  /** An event with a text and no key. */
  public static EmbeddingEvent textEvent(String text) {
    EmbeddingEvent event = event(1, 2, 3);
    return new EmbeddingEvent(
        event.model(),
        event.modelVersion(),
        event.vector(),
        Optional.empty(),
        Optional.of(text),
        Optional.empty(),
        Optional.empty(),
        Map.of("region", "eu"),
        false);
  }

  /** A record of {@link #SOURCE_TOPIC} with the event time {@link #NOW}. */
  public static ProducerRecord<byte[], byte[]> record(EmbeddingEvent event, String id) {
    return NativeEventRecord.of(event, id, "/tests", NOW.toEpochMilli(), SOURCE_TOPIC);
  }

  public static ProducerRecord<byte[], byte[]> record(String id) {
    return record(event(1, 2, 3), id);
  }

  public static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? "absent" : new String(header.value(), StandardCharsets.UTF_8);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
