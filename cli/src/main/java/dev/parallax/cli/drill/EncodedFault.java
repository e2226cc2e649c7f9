package dev.parallax.cli.drill;

import dev.parallax.core.drill.BrokenTokenizer;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.GermanPhrases;
import dev.parallax.core.drill.SlowDrift;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.onnx.encoder.SentenceEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A fault for which the events' texts are encoded anew: of the encoder, of the texts that it is
 * given, or of what it is asked.
 */
final class EncodedFault implements DrillFault {

  private static final byte[] KEY_SECRET =
      "keys of texts that only a drill has".getBytes(StandardCharsets.US_ASCII);

  private final FaultKind kind;
  private final SentenceEncoder encoder;

  /**
   * A fault of {@code kind}.
   *
   * @param encoder what answers while the fault lasts; closed with the fault
   */
  EncodedFault(FaultKind kind, SentenceEncoder encoder) {
    this.kind = kind;
    this.encoder = encoder;
  }

  @Override
  public List<EmbeddingEvent> pool(List<EmbeddingEvent> healthy) {
    if (kind != FaultKind.NEW_LANGUAGE) {
      return healthy;
    }
    InputKeyHasher hasher = new InputKeyHasher(KEY_SECRET);
    EmbeddingEvent like = healthy.get(0);
    return GermanPhrases.all().stream()
        .map(phrase -> like.withInputText(phrase).withInputKey(hasher.keyOf(phrase)))
        .toList();
  }

  @Override
  public List<EmbeddingEvent> events(List<EmbeddingEvent> requests, int panes) {
    List<String> texts = requests.stream().map(event -> event.inputText().orElseThrow()).toList();
    float[][] vectors =
        encoder.encode(
            kind == FaultKind.BROKEN_TOKENIZER
                ? texts.stream().map(BrokenTokenizer::seen).toList()
                : texts);
    List<EmbeddingEvent> events = new ArrayList<>(requests.size());
    for (int i = 0; i < vectors.length; i++) {
      float[] vector =
          kind == FaultKind.SLOW_DRIFT
              ? SlowDrift.mix(
                  requests.get(i).vector().toFloats(), vectors[i], SlowDrift.share(panes))
              : vectors[i];
      events.add(requests.get(i).withVector(WireVector.of(vector)));
    }
    return events;
  }

  @Override
  public void close() {
    encoder.close();
  }
}
