package dev.parallax.ingest.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.EmbeddingEvent.InputTensor;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.ModelOutput;
import dev.parallax.ingest.pairing.Half.Content;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HalfCodecTest {

  private static final Rejection REJECTION = new Rejection(Reason.NOT_FINITE, "vector[3] is NaN");

  @Test
  void aRequestComesBackAsItWas() {
    WireVector values = WireVector.of(new float[] {1, 2, 3, 4, 5, 6});
    Half half =
        half(
            new Content.Asked(
                List.of(
                    new KeyedInput.Keyed(
                        new InputKey(-1, 7), Optional.of("größer 🙂"), Optional.empty()),
                    new KeyedInput.Keyed(
                        new InputKey(8, 9),
                        Optional.empty(),
                        Optional.of(new InputTensor(values, List.of(2, 3)))),
                    new KeyedInput.Refused(REJECTION))));

    Half read = HalfCodec.decode(HalfCodec.encode(half));

    List<KeyedInput> inputs = ((Content.Asked) read.content()).inputs();
    assertThat(inputs.get(0)).isEqualTo(((Content.Asked) half.content()).inputs().get(0));
    InputTensor tensor = ((KeyedInput.Keyed) inputs.get(1)).tensor().orElseThrow();
    assertThat(tensor.shape()).containsExactly(2, 3);
    assertThat(tensor.vector().toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(inputs.get(2)).isEqualTo(new KeyedInput.Refused(REJECTION));
    assertThat(read.origin()).isEqualTo(half.origin());
    assertThat(read.retry()).isTrue();
    assertThat(read.timeMillis()).isEqualTo(1234567890123L);
    assertThat(read.source()).isEqualTo(half.source());
    assertThat(read.names()).isEqualTo(half.names());
    assertThat(read.attributes()).isEqualTo(half.attributes());
  }

  @Test
  void vectorsKeepTheirNumberFormat() {
    Half half =
        half(
            new Content.Answered(
                List.of(
                    embedding(new byte[] {0, 60, 0, 64}, Dtype.F16, 2),
                    embedding(new byte[] {1, 2, 3}, Dtype.I8, 3),
                    new ModelOutput.Unusable(REJECTION))));

    List<ModelOutput> outputs =
        ((Content.Answered) HalfCodec.decode(HalfCodec.encode(half)).content()).outputs();

    WireVector half16 = ((ModelOutput.Embedding) outputs.get(0)).vector();
    assertThat(half16.dtype()).isEqualTo(Dtype.F16);
    assertThat(half16.toFloats()).containsExactly(1, 2);
    WireVector bytes = ((ModelOutput.Embedding) outputs.get(1)).vector();
    assertThat(bytes.toFloats()).containsExactly(0, 0.5f, 1);
    assertThat(outputs.get(2)).isEqualTo(new ModelOutput.Unusable(REJECTION));
  }

  @Test
  void bytesOfNobodyAreRefused() {
    byte[] good = HalfCodec.encode(Halves.request("a", 1));
    assertThatThrownBy(() -> HalfCodec.decode(Arrays.copyOf(good, good.length - 30)))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] other = good.clone();
    other[0] = 9;
    assertThatThrownBy(() -> HalfCodec.decode(other))
        .hasMessage("half of a call: expected version 1, got 9");
  }

  private static ModelOutput embedding(byte[] data, Dtype dtype, int dimension) {
    return new ModelOutput.Embedding(new WireVector(data, dtype, dimension, 0.5f, 1));
  }

  private static Half half(Content content) {
    return new Half(
        new Origin("topic", 3, 99),
        true,
        1234567890123L,
        Optional.of("/source"),
        new CallNames(Optional.of("call"), Optional.empty(), Optional.of("3")),
        Map.of("a", "b", "c", "d"),
        content);
  }
}
