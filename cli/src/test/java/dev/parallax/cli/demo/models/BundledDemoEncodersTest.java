package dev.parallax.cli.demo.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.onnx.cache.ParallaxCache;
import java.nio.file.Path;
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
    Encoding truncated = Fault.TRUNCATION.encoding(DemoEncoder.BGE_SMALL_INT8);

    assertThat(encode(truncated, "a crucial moment of joy")).isEqualTo(encode(truncated, TEXT));
    assertThat(encode(truncated, TEXT))
        .isNotEqualTo(encode(Encoding.of(DemoEncoder.BGE_SMALL_INT8), TEXT));
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
        VectorStore other = encoders().store(Encoding.truncated(healthy.encoder(), 5))) {
      assertThat(store.get(KEY)).hasValueSatisfying(v -> assertThat(v).isEqualTo(vector));
      assertThat(other.get(KEY)).isEmpty();
    }
  }
}
