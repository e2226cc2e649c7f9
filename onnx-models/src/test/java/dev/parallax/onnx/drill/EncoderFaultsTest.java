package dev.parallax.onnx.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.drill.FaultKind;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.encoder.Pooling;
import dev.parallax.onnx.runtime.SessionSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderFaultsTest {

  private static final String TEXT = "a crucial moment on which very much of the future depends";

  private final EncoderManifest minilm = BundledEncoders.manifest(BundledEncoders.MINILM_QUANTISED);
  private final EncoderManifest bge = BundledEncoders.manifest(BundledEncoders.BGE_QUANTISED);
  private final EncoderManifest e5 = BundledEncoders.manifest(BundledEncoders.E5_QUANTISED);

  @TempDir private Path folder;

  private EncoderManifest broken(FaultKind kind, EncoderManifest healthy) {
    return new EncoderFaults(new ParallaxCache(folder)).broken(kind, healthy);
  }

  private static float[] encode(EncoderManifest manifest) {
    try (OnnxSentenceEncoder encoder = OnnxSentenceEncoder.open(manifest, SessionSettings.CPU)) {
      return encoder.encode(List.of(TEXT))[0];
    }
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void settingsAreWrongWithTheWeightsAsTheyWere() {
    assertThat(broken(FaultKind.WRONG_POOLING, minilm).pooling()).isEqualTo(Pooling.CLS);
    assertThat(broken(FaultKind.WRONG_POOLING, bge).pooling()).isEqualTo(Pooling.MEAN);
    assertThat(broken(FaultKind.MISSING_PREFIX, e5).prefix()).isEmpty();
    assertThat(broken(FaultKind.TRUNCATION, bge).maxLength()).isEqualTo(8);
    assertThat(broken(FaultKind.TRUNCATION, bge).model()).isEqualTo(bge.model());
  }

  @Test
  void anotherModelIsOneOfAnotherFamily() {
    assertThat(broken(FaultKind.MODEL_SWAP, minilm)).isEqualTo(e5);
    assertThat(broken(FaultKind.MODEL_SWAP, bge)).isEqualTo(e5);
    assertThat(broken(FaultKind.SLOW_DRIFT, e5)).isEqualTo(bge);
  }

  @Test
  void aMissingNormalisationLeavesTheDirection() {
    float[] healthy = encode(minilm);
    float[] raw = encode(broken(FaultKind.MISSING_NORMALISATION, minilm));

    assertThat(cosine(healthy, raw)).isCloseTo(1, within(1e-6));
    assertThat(raw[0] / healthy[0]).isNotCloseTo(1, within(0.1f));
  }

  /** Of its own kind and not of another: near enough to be the model, far enough to be seen. */
  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "WEIGHT_NOISE, all-minilm-l6-v2-q, 0.8, 0.999",
    "WEIGHTS_4BIT, all-minilm-l6-v2-q, 0.2, 0.99",
    "WEIGHT_NOISE, all-minilm-l6-v2, 0.8, 0.999",
    "WEIGHTS_4BIT, all-minilm-l6-v2, 0.2, 0.99"
  })
  void editedWeightsGiveOtherVectors(FaultKind kind, String id, double least, double most) {
    EncoderManifest healthy = BundledEncoders.manifest(id);
    EncoderManifest edited = broken(kind, healthy);

    assertThat(edited.id()).isEqualTo(id + "+" + kind.label());
    assertThat(edited.digest()).isNotEqualTo(healthy.digest());
    assertThat(cosine(encode(healthy), encode(edited))).isBetween(least, most);
  }

  @Test
  void editedWeightsAreTheSameEveryTime() {
    assertThat(broken(FaultKind.WEIGHT_NOISE, minilm))
        .isEqualTo(broken(FaultKind.WEIGHT_NOISE, minilm));
  }

  @Test
  void whatAnEncoderCannotHaveIsRefused() {
    assertThat(EncoderFaults.of(bge))
        .doesNotContain(FaultKind.MISSING_PREFIX, FaultKind.WRONG_VERSION)
        .contains(FaultKind.TRUNCATION, FaultKind.SLOW_DRIFT);
    assertThatThrownBy(() -> broken(FaultKind.MISSING_PREFIX, bge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fault=missing-prefix: not one that bge-small-en-v1.5-q can have");
  }
}
