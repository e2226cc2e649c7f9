package dev.parallax.jobs.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.jobs.reference.ReferenceSettings.Kind;
import dev.parallax.onnx.encoder.BundledEncoders;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceSettingsTest {

  private static final EmbeddingEvent EVENT =
      EmbeddingEvent.of("model", "1", WireVector.of(new float[] {1}), new InputKey(1, 1));

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a|b"})
  void anIdThatWouldMakeKeysOfSeriesAmbiguousIsRefused(String id) {
    assertThatThrownBy(() -> ReferenceSettings.attached(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reference.id=" + id + ": expected a name without the character |");
  }

  @Test
  void attachedVectorsAreThoseOfTheirReferenceAlone() {
    try (ReferenceVectors references = ReferenceSettings.attached("shared").open()) {
      assertThat(
              references.of(
                  List.of(
                      EVENT.withReference("shared", WireVector.of(new float[] {2, 3})),
                      EVENT.withReference("another", WireVector.of(new float[] {2, 3})),
                      EVENT)))
          .satisfiesExactly(
              mine -> assertThat(mine.orElseThrow()).containsExactly(2, 3),
              others -> assertThat(others).isEmpty(),
              none -> assertThat(none).isEmpty());
    }
  }

  @Test
  void scoresSayWhichReferenceTheyWereMadeWith() {
    ReferenceSettings builtin = ReferenceSettings.builtin(BundledEncoders.MINILM_QUANTISED, 1, "");

    assertThat(ReferenceSettings.attached("shared").digest()).isEqualTo("attached:shared");
    assertThat(builtin.digest())
        .isEqualTo(BundledEncoders.manifest(BundledEncoders.MINILM_QUANTISED).digest());
  }

  @Test
  void aManifestThatCannotBeReadIsNamed() {
    ReferenceSettings settings =
        new ReferenceSettings(Kind.ENCODER, "mine", "/no/such/reference.json", "cpu", 1, 0, "");

    assertThatThrownBy(settings::readManifest)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("reference.manifest=/no/such/reference.json: cannot be read");
  }

  @Test
  void anUnknownBundledEncoderIsNamed() {
    assertThatThrownBy(() -> ReferenceSettings.builtin("nobody", 1, "").readManifest())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("encoder=nobody: expected one of ");
  }

  @Test
  void settingsTravelWithTheJob() throws Exception {
    ReferenceSettings settings = ReferenceSettings.builtin("all-minilm-l6-v2-q", 2, "/cache");

    assertThat(InstantiationUtil.clone(settings)).isEqualTo(settings);
  }
}
