package dev.parallax.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.jobs.state.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceRecordCodecTest {

  @Test
  void eventsKeepTheirBytes() throws IOException {
    RawEvent event =
        new RawEvent(
            Series.of("org/modèle", "7", "shared"),
            new InputKey(-3, 0x0123456789abcdefL),
            "ereignis-ä".getBytes(StandardCharsets.UTF_8),
            1_767_571_200_123L,
            5,
            new byte[] {9, 8, 7});

    SourceRecord read = Golden.check("source-record-v1-event", SourceRecordCodec.INSTANCE, event);
    assertThat(read).usingRecursiveComparison().isEqualTo(event);
  }

  @Test
  void badRecordsKeepTheirBytes() throws IOException {
    BadRecord bad =
        new BadRecord(new OutRecord(null, new byte[] {1}, Map.of("parallax-reason", "malformed")));

    SourceRecord read = Golden.check("source-record-v1-bad", SourceRecordCodec.INSTANCE, bad);
    assertThat(read).usingRecursiveComparison().isEqualTo(bad);
  }
}
