package dev.parallax.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class KafkaSinksTest {

  private static final KafkaSinkContext CONTEXT =
      new KafkaSinkContext() {
        @Override
        public int getParallelInstanceId() {
          return 0;
        }

        @Override
        public int getNumberOfParallelInstances() {
          return 1;
        }

        @Override
        public int[] getPartitionsForTopic(String topic) {
          return new int[] {0};
        }
      };

  private static ProducerRecord<byte[], byte[]> sent(OutRecord record) {
    return new KafkaSinks.ToProducerRecord("scores").serialize(record, CONTEXT, 1_767_571_200_000L);
  }

  @Test
  void aResultIsSentWithItsKeyAndItsHeadersInOrder() {
    OutRecord record =
        new OutRecord(
            new byte[] {1},
            new byte[] {2, 3},
            Map.of("parallax-stage", "größe", "ce_time", "", "ce_id", "x"));

    ProducerRecord<byte[], byte[]> sent = sent(record);

    assertThat(sent.topic()).isEqualTo("scores");
    assertThat(sent.key()).containsExactly(1);
    assertThat(sent.value()).containsExactly(2, 3);
    assertThat(sent.headers())
        .extracting(
            header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
        .containsExactly("ce_id=x", "ce_time=", "parallax-stage=größe");
  }

  @Test
  void kafkaPutsTheWallClockOnARecordHoweverOldTheEventsAre() {
    assertThat(sent(OutRecord.of("series", new byte[] {1})).timestamp()).isNull();
  }

  @Test
  void aResultsPartitionIsThatOfItsKey() {
    assertThat(sent(OutRecord.of("series", new byte[] {1})).partition()).isNull();
  }
}
