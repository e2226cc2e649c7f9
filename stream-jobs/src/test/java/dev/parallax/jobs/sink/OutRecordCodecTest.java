package dev.parallax.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.jobs.state.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutRecordCodecTest {

  @Test
  void recordsKeepTheirBytes() throws IOException {
    OutRecord record =
        new OutRecord(new byte[] {1, 2}, new byte[] {3}, Map.of("b", "größe", "a", ""));

    assertThat(Golden.check("out-record-v1", OutRecordCodec.INSTANCE, record))
        .usingRecursiveComparison()
        .isEqualTo(record);
  }

  @Test
  void recordsWithoutKeyAndValueKeepTheirBytes() throws IOException {
    OutRecord record = new OutRecord(null, null, Map.of());

    assertThat(Golden.check("out-record-v1-empty", OutRecordCodec.INSTANCE, record))
        .usingRecursiveComparison()
        .isEqualTo(record);
  }

  @Test
  void theLargestHeadersOfADeadLetterCanBeWritten() throws IOException {
    // A header that is not UTF-8 arrives as replacement characters, of three bytes each.
    String header = "\uFFFD".repeat(DeadLetters.MAX_HEAD_BYTES / 3 - 20);
    OutRecord letter =
        DeadLetters.of(new Rejection(Reason.MALFORMED, "x"), null, null, Map.of("binary", header));
    assertThat(letter.headers()).containsKey("binary");

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutRecordCodec.INSTANCE.write(letter, new DataOutputStream(bytes));
    OutRecord read =
        OutRecordCodec.INSTANCE.read(
            OutRecordCodec.INSTANCE.version(),
            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(read.headers()).isEqualTo(letter.headers());
  }
}
