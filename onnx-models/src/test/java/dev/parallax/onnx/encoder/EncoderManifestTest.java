package dev.parallax.onnx.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.onnx.model.ModelRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncoderManifestTest {

  static List<String> ids() {
    return BundledEncoders.ids();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void isReadAndWrittenWithoutLoss(String id) {
    EncoderManifest manifest = BundledEncoders.manifest(id);
    assertThat(EncoderManifest.read("again", manifest.toJson())).isEqualTo(manifest);
    assertThat(manifest.id()).isEqualTo(id);
    assertThat(manifest.golden().first()).hasSize(8);
  }

  @Test
  void anUnknownKeyIsRefused() {
    String json = new String(any().toJson(), StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(json.replace("\"prefix\"", "\"colour\" : 1, \"prefix\"")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("m.json refused: unknown key 'colour'");
  }

  @Test
  void aMissingKeyIsRefused() {
    String json = new String(any().toJson(), StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(json.replace("\"pooling\" : \"mean\",", "")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("pooling");
    assertThatThrownBy(() -> read(json.replace("\"golden\"", "\"gold\"")))
        .isInstanceOf(ModelRefusedException.class);
  }

  @Test
  void wrongValuesAreRefusedInOneLine() {
    String json = new String(any().toJson(), StandardCharsets.UTF_8);
    for (String wrong :
        new String[] {
          json.replace("\"encoder\"", "\"anchors\""),
          json.replace("\"maxLength\" : 256", "\"maxLength\" : 2"),
          json.replace("\"pooling\" : \"mean\"", "\"pooling\" : \"max\""),
          json.replace("\"dimension\" : 384", "\"dimension\" : 0"),
          json.replace("\"dimension\" : 384", "\"dimension\" : null"),
          "[]",
          "{"
        }) {
      assertThatThrownBy(() -> read(wrong))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageStartingWith("m.json refused: ")
          .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }
  }

  @Test
  void theDigestFollowsWhatDecidesVectorsAndNothingElse() {
    EncoderManifest manifest = any();
    assertThat(manifest.withMaxLength(manifest.maxLength()).digest()).isEqualTo(manifest.digest());
    assertThat(manifest.withMaxLength(8).digest()).isNotEqualTo(manifest.digest());
    assertThat(manifest.withPooling(Pooling.CLS).digest()).isNotEqualTo(manifest.digest());
    assertThat(manifest.withPrefix("passage: ").digest()).isNotEqualTo(manifest.digest());
  }

  @Test
  void anUnknownEncoderIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> BundledEncoders.manifest("bert"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("encoder=bert: expected one of all-minilm-l6-v2, ");
  }

  private static EncoderManifest any() {
    return BundledEncoders.manifest(BundledEncoders.MINILM);
  }

  private static EncoderManifest read(String json) {
    return EncoderManifest.read("m.json", json.getBytes(StandardCharsets.UTF_8));
  }
}
