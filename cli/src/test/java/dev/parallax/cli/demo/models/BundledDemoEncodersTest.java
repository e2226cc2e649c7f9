package dev.parallax.cli.demo.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.FaultLayer;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.drill.EncoderFaults;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BundledDemoEncodersTest {

  private static final String TEXT = "a crucial moment on which much depends";
  private static final InputKey KEY = new InputKey(1, 2);

  @TempDir private Path folder;

  private BundledDemoEncoders encoders() {
    return new BundledDemoEncoders(new ParallaxCache(folder));
  }

  private float[] encode(Encoding encoding, String text) {
    try (TextEncoder encoder = encoders().open(encoding)) {
      return encoder.encode(text);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyEncoderGivesUnitVectorsOfTheSameWidth(DemoEncoder encoder) {
    float[] vector = encode(Encoding.of(encoder), TEXT);

    double squared = 0;
    for (float value : vector) {
      squared += (double) value * value;
    }
    assertThat(vector).hasSize(DemoEncoder.DIMENSION);
    assertThat(squared).isBetween(1 - 1e-5, 1 + 1e-5);
  }

  @Test
  void aTruncatedEncoderReadsTheFirstWordsOnly() {
    Encoding truncated = Encoding.under(FaultKind.TRUNCATION, DemoEncoder.BGE_SMALL_INT8);

    assertThat(encode(truncated, "a crucial moment on which much joy is felt"))
        .isEqualTo(encode(truncated, TEXT));
    assertThat(encode(truncated, TEXT))
        .isNotEqualTo(encode(Encoding.of(DemoEncoder.BGE_SMALL_INT8), TEXT));
  }

  @Test
  void aBrokenTokenizerDoesNotKnowTheFirstWord() {
    Encoding broken = Encoding.under(FaultKind.BROKEN_TOKENIZER, DemoEncoder.E5_SMALL_INT8);

    assertThat(encode(broken, "the" + TEXT.substring(1))).isEqualTo(encode(broken, TEXT));
    assertThat(encode(broken, TEXT))
        .isNotEqualTo(encode(Encoding.of(DemoEncoder.E5_SMALL_INT8), TEXT));
  }

  @Test
  void aDemoOffersOnlyWhatItsModelCanHave() {
    DemoScenario.faults().stream()
        .filter(kind -> kind.layer() == FaultLayer.ENCODER)
        .forEach(
            kind -> {
              DemoScenario scenario = new DemoScenario(Optional.of(kind));
              DemoEncoder encoder = DemoFleet.MODELS.get(scenario.broken()).encoder();
              assertThat(EncoderFaults.of(BundledDemoEncoders.healthy(encoder))).contains(kind);
            });
  }

  @Test
  void vectorsAreKeptByEncodingBetweenRuns() {
    Encoding healthy = Encoding.of(DemoEncoder.BGE_SMALL_INT8);
    float[] vector = new float[DemoEncoder.DIMENSION];
    vector[7] = 1;
    try (VectorStore store = encoders().store(healthy)) {
      store.put(KEY, vector);
    }

    try (VectorStore store = encoders().store(healthy);
        VectorStore other =
            encoders().store(Encoding.under(FaultKind.BROKEN_TOKENIZER, healthy.encoder()))) {
      assertThat(store.get(KEY)).hasValueSatisfying(v -> assertThat(v).isEqualTo(vector));
      assertThat(other.get(KEY)).isEmpty();
    }
  }
}
