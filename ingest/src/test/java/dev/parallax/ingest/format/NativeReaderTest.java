package dev.parallax.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.json.JsonValue;
import org.junit.jupiter.api.Test;

class NativeReaderTest {

  private final BodyReader reader = new NativeReader(EventLimits.DEFAULT);

  @Test
  void anEventIsReadAsItWasWritten() {
    InputKey key = new InputKey(1, 2);
    byte[] bytes =
        EventCodec.encode(EmbeddingEvent.of("m", "1", WireVector.of(new float[] {1, 2}), key));

    Payload.Native payload = (Payload.Native) Payloads.read(reader, Body.of(bytes));

    assertThat(payload.event().inputKey()).contains(key);
    assertThat(payload.event().vector().toFloats()).containsExactly(1, 2);
  }

  @Test
  void anythingElseIsRejected() {
    assertThat(Payloads.rejection(reader, Payloads.json("{'a':1}")).reason())
        .isEqualTo(Reason.MALFORMED);
    assertThat(Payloads.rejection(reader, Body.of(JsonValue.Nil.NULL)).detail())
        .isEqualTo("JSON, expected Protobuf");
  }
}
