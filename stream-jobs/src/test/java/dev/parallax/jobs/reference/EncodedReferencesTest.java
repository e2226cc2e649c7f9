package dev.parallax.jobs.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.runtime.SessionSettings;
import dev.parallax.onnx.runtime.SharedSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the smallest bundled encoder. */
class EncodedReferencesTest {

  private static final String ENCODER = BundledEncoders.MINILM_QUANTISED;

  @TempDir private Path dir;

  private ReferenceSettings settings() {
    return ReferenceSettings.builtin(ENCODER, 1, dir.toString());
  }

  private static EmbeddingEvent event(long key, String text) {
    return withoutText(key).withInputText(text);
  }

  private static EmbeddingEvent withoutText(long key) {
    return EmbeddingEvent.of(
        "model", "1", WireVector.of(new float[] {1, 2}), new InputKey(key, key));
  }

  @Test
  void anEventsReferenceVectorIsWhatTheEncoderSaysOfItsText() {
    List<String> texts = List.of("a small brown bird", "the tax on corporate income", "über 東京 🚄");
    float[][] direct;
    try (OnnxSentenceEncoder encoder =
        OnnxSentenceEncoder.open(BundledEncoders.manifest(ENCODER), SessionSettings.CPU)) {
      direct = encoder.encode(texts);
    }
    try (ReferenceVectors references = settings().open()) {
      List<Optional<float[]>> vectors =
          references.of(
              List.of(
                  event(1, texts.get(0)),
                  withoutText(2),
                  event(3, texts.get(1)),
                  event(4, texts.get(2))));

      assertThat(vectors.get(0)).hasValueSatisfying(v -> assertThat(v).isEqualTo(direct[0]));
      assertThat(vectors.get(1)).isEmpty();
      assertThat(vectors.get(2)).hasValueSatisfying(v -> assertThat(v).isEqualTo(direct[1]));
      assertThat(vectors.get(3)).hasValueSatisfying(v -> assertThat(v).isEqualTo(direct[2]));
    }
  }

  @Test
  void anInputIsEncodedOnceForAllWhoAskInThisProcess() {
    try (ReferenceVectors first = settings().open();
        ReferenceVectors second = settings().open()) {
      float[] computed = first.of(List.of(event(1, "a small brown bird"))).get(0).orElseThrow();
      float[] known = second.of(List.of(event(1, "a small brown bird"))).get(0).orElseThrow();

      assertThat(known).isSameAs(computed);
    }
  }

  @Test
  void vectorsOutliveTheProcessInTheirFile() throws IOException {
    float[] computed;
    try (ReferenceVectors references = settings().open()) {
      computed = references.of(List.of(event(1, "a small brown bird"))).get(0).orElseThrow();
    }
    long size = fileSize();
    try (ReferenceVectors references = settings().open()) {
      // The key stands for the input, so the text is not looked at again.
      float[] stored = references.of(List.of(event(1, "another text"))).get(0).orElseThrow();

      assertThat(stored).isEqualTo(computed);
    }
    assertThat(size).isPositive();
    assertThat(fileSize()).isEqualTo(size);
  }

  private long fileSize() throws IOException {
    try (var files = Files.list(dir)) {
      List<Path> found = files.toList();
      assertThat(found).hasSize(1);
      return Files.size(found.get(0));
    }
  }

  @Test
  void noTextStopsTheEncoder() {
    List<String> texts =
        List.of("", " ", "\u0000", "\uFFFD", "🚄".repeat(500), "a ".repeat(32_000));
    try (ReferenceVectors references = settings().open()) {
      for (int i = 0; i < texts.size(); i++) {
        assertThat(references.of(List.of(event(i, texts.get(i)))).get(0))
            .as("text %s", i)
            .hasValueSatisfying(vector -> assertThat(vector).hasSize(384));
      }
      assertThat(references.of(List.of())).isEmpty();
    }
  }

  @Test
  void whenTheLastUserHasClosedNothingIsHeld() {
    int before = SharedSessions.open();
    ReferenceVectors references = settings().open();
    assertThat(SharedSessions.open()).isEqualTo(before + 1);

    references.close();

    assertThat(SharedSessions.open()).isEqualTo(before);
  }

  @Test
  void aCacheThatCannotBeOpenedCostsSpeedAndNoVector() throws IOException {
    int before = SharedSessions.open();
    Path file = Files.writeString(dir.resolve("file"), "not a folder");
    ReferenceSettings broken = ReferenceSettings.builtin(ENCODER, 1, file.toString());
    float[] stored;
    try (ReferenceVectors references = settings().open()) {
      stored = references.of(List.of(event(1, "a text"))).get(0).orElseThrow();
    }

    try (ReferenceVectors references = broken.open()) {
      assertThat(references.of(List.of(event(1, "a text"))).get(0)).contains(stored);
    }

    assertThat(SharedSessions.open()).isEqualTo(before);
    assertThat(file).hasContent("not a folder");
  }
}
