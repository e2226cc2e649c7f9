package dev.parallax.ingest.client;

import static dev.parallax.ingest.TestEvents.KEY;
import static dev.parallax.ingest.TestEvents.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.ingest.TestEvents;
import dev.parallax.ingest.source.NativeHeaders;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class NativeEventRecordTest {

  @Test
  void aRecordCarriesTheEventInBinaryMode() {
    ProducerRecord<byte[], byte[]> record =
        NativeEventRecord.of(TestEvents.event(1, 2), "id-1", "/me", 1_795_342_530_120L, "t");

    assertThat(record.topic()).isEqualTo("t");
    assertThat(record.partition()).isNull();
    assertThat(record.timestamp()).isNull();
    assertThat(record.key()).isEqualTo(KEY.toBytes());
    assertThat(record.value()).isEqualTo(EventCodec.encode(TestEvents.event(1, 2)));
    assertThat(text(record.headers(), "ce_specversion")).isEqualTo("1.0");
    assertThat(text(record.headers(), "ce_id")).isEqualTo("id-1");
    assertThat(text(record.headers(), "ce_source")).isEqualTo("/me");
    assertThat(text(record.headers(), "ce_type")).isEqualTo("dev.parallax.embedding.v1");
    assertThat(text(record.headers(), "ce_time")).isEqualTo("2026-11-22T10:15:30.120Z");
    assertThat(text(record.headers(), "ce_subject")).isEqualTo("search/embedder/7");
    assertThat(text(record.headers(), "content-type")).isEqualTo("application/protobuf");
  }

  @Test
  void onlyAProbeSaysSoInItsHeaders() {
    EmbeddingEvent event = TestEvents.event(1, 2);
    EmbeddingEvent probe =
        new EmbeddingEvent(
            event.model(),
            event.modelVersion(),
            event.vector(),
            event.inputKey(),
            event.inputText(),
            event.inputTensor(),
            event.reference(),
            event.attributes(),
            true);

    assertThat(text(TestEvents.record(probe, "1").headers(), "ce_parallaxprobe")).isEqualTo("true");
    assertThat(NativeHeaders.isProbe(TestEvents.record(probe, "1").headers())).isTrue();
    assertThat(TestEvents.record(event, "1").headers().lastHeader("ce_parallaxprobe")).isNull();
    assertThat(NativeHeaders.isProbe(TestEvents.record(event, "1").headers())).isFalse();
  }

  @Test
  void withoutAnInputKeyTheIdIsTheKeySoThatARetryGoesToTheSamePartition() {
    ProducerRecord<byte[], byte[]> record = TestEvents.record(TestEvents.textEvent("x"), "id-2");

    assertThat(record.key()).isEqualTo(TestEvents.utf8("id-2"));
  }
}
