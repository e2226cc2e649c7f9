package dev.parallax.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.cli.CliException;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.encoder.SentenceEncoder;
import dev.parallax.onnx.runtime.SessionSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncodedFaultTest {

  private static final EncoderManifest OWN =
      BundledEncoders.manifest(BundledEncoders.MINILM_QUANTISED);

  private static List<EmbeddingEvent> events;

  @TempDir private Path folder;

  @BeforeAll
  static void encode() {
    List<String> texts =
        List.of(
            "a crucial moment on which very much of the future depends",
            "draw air into and expel it out of the lungs",
            "the quality of being near to the true value of something");
    try (SentenceEncoder encoder = OnnxSentenceEncoder.open(OWN, SessionSettings.CPU)) {
      float[][] vectors = encoder.encode(texts);
      events =
          IntStream.range(0, texts.size())
              .mapToObj(
                  i ->
                      EmbeddingEvent.of("m", "1", WireVector.of(vectors[i]), new InputKey(i, i))
                          .withInputText(texts.get(i)))
              .toList();
    }
  }

  private DrillFault fault(FaultKind kind, EncoderManifest manifest) {
    return DrillFaults.of(kind, events, Optional.of(manifest), new ParallaxCache(folder));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"WRONG_POOLING", "TRUNCATION", "BROKEN_TOKENIZER", "MODEL_SWAP", "SLOW_DRIFT"})
  void theTextsAreEncodedAnewAndNothingElseChanges(FaultKind kind) {
    try (DrillFault fault = fault(kind, OWN)) {
      List<EmbeddingEvent> faulty = fault.events(events, 20);

      for (int i = 0; i < events.size(); i++) {
        assertThat(faulty.get(i).vector().toFloats())
            .isNotEqualTo(events.get(i).vector().toFloats());
        assertThat(faulty.get(i).inputKey()).isEqualTo(events.get(i).inputKey());
        assertThat(faulty.get(i).inputText()).isEqualTo(events.get(i).inputText());
      }
    }
  }

  @Test
  void aNewLanguageIsEncodedByTheModelItself() {
    try (DrillFault fault = fault(FaultKind.NEW_LANGUAGE, OWN)) {
      List<EmbeddingEvent> german = fault.pool(events);

      assertThat(german).hasSizeGreaterThan(1_500);
      assertThat(german.stream().map(EmbeddingEvent::inputKey)).doesNotHaveDuplicates();
      assertThat(fault.events(german.subList(0, 2), 0))
          .allSatisfy(e -> assertThat(e.vector().dimension()).isEqualTo(384));
    }
  }

  @Test
  void anotherModelsManifestIsRefusedUnlessItIsTheOtherVersion() {
    EncoderManifest other = BundledEncoders.manifest(BundledEncoders.BGE_QUANTISED);

    assertThatThrownBy(() -> fault(FaultKind.TRUNCATION, other))
        .isInstanceOf(CliException.class)
        .hasMessageStartingWith("bge-small-en-v1.5-q: expected the encoder that m runs, got ");
    try (DrillFault fault = fault(FaultKind.WRONG_VERSION, other)) {
      assertThat(fault.events(events, 0).get(0).vector().toFloats())
          .isNotEqualTo(events.get(0).vector().toFloats());
    }
  }

  @Test
  void eventsWithoutTextsCannotBeEncoded() {
    events = events.stream().map(EmbeddingEvent::withoutInputText).toList();
    try {
      assertThatThrownBy(() -> fault(FaultKind.TRUNCATION, OWN))
          .isInstanceOf(CliException.class)
          .hasMessageContaining("carry no texts to encode");
    } finally {
      encode();
    }
  }
}
