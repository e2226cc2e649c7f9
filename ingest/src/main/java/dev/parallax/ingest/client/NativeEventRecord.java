package dev.parallax.ingest.client;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.ingest.source.NativeHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** How a producer publishes a native event. */
public final class NativeEventRecord {

  private NativeEventRecord() {}

  /**
   * The record of {@code event}, in CloudEvents' binary mode.
   *
   * <p>Its key is the input key or, where ingest is to compute that, the event's id; either way an
   * event that is sent again goes to the same partition, where ingest recognises it. It has no
   * Kafka timestamp, so the producer's clock gives it one: retention must never see event time.
   *
   * @param id unique among the events of {@code source}
   * @param source a URI reference that names the producer, such as {@code /search/embedder-7}
   * @param eventTimeMillis when the inference happened, in milliseconds since 1970
   * @param topic a source topic of ingest
   */
  public static ProducerRecord<byte[], byte[]> of(
      EmbeddingEvent event, String id, String source, long eventTimeMillis, String topic) {
    String subject = new EventHeaders.Subject(event.model(), event.modelVersion()).toString();
    Headers headers =
        NativeHeaders.of(utf8(id), utf8(source), eventTimeMillis, utf8(subject), event.probe());
    byte[] key = event.inputKey().map(InputKey::toBytes).orElseGet(() -> utf8(id));
    return new ProducerRecord<>(topic, null, null, key, EventCodec.encode(event), headers);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
