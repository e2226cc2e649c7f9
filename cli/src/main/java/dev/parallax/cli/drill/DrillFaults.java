package dev.parallax.cli.drill;

import dev.parallax.cli.CliException;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.FaultLayer;
import dev.parallax.core.drill.PaneFault;
import dev.parallax.core.drill.Strength;
import dev.parallax.core.drill.VectorFault;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.drill.EncoderFaults;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import dev.parallax.onnx.encoder.SentenceEncoder;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which faults can be done to a stream, and how. */
final class DrillFaults {

  /** Healthy vectors of which a collapsed space keeps the first directions. */
  private static final int SAMPLE = 256;

  /** The nearest of so many inputs are another mix of topics. */
  private static final int TOPIC_OF = 3;

  /** Least cosine between an event's vector and what the manifest makes of its text. */
  private static final double SAME_VECTOR = 0.98;

  private DrillFaults() {}

  /**
   * The faults that can be done.
   *
   * @param manifest that of the model, if it was given
   */
  static Set<FaultKind> possible(Optional<EncoderManifest> manifest) {
    Set<FaultKind> kinds = EnumSet.copyOf(PaneFault.KINDS);
    for (FaultKind kind : FaultKind.values()) {
      if (kind.layer() == FaultLayer.VECTOR) {
        kinds.add(kind);
      }
    }
    kinds.add(FaultKind.TRAFFIC_TOPICS);
    kinds.add(FaultKind.TRAFFIC_X10);
    manifest.ifPresent(
        own -> {
          kinds.addAll(EncoderFaults.of(own));
          kinds.add(FaultKind.BROKEN_TOKENIZER);
          kinds.add(FaultKind.WRONG_VERSION);
          kinds.add(FaultKind.NEW_LANGUAGE);
        });
    return kinds;
  }

  /**
   * A fault.
   *
   * @param healthy events of the model
   * @param manifest that of the model, or of the other version for {@link FaultKind#WRONG_VERSION}
   * @throws CliException if it cannot be done to these events
   */
  static DrillFault of(
      FaultKind kind,
      List<EmbeddingEvent> healthy,
      Optional<EncoderManifest> manifest,
      ParallaxCache cache) {
    if (!possible(manifest).contains(kind)) {
      throw CliException.usage(
          "--fault "
              + kind.label()
              + ": expected one of "
              + possible(manifest).stream().map(FaultKind::label).collect(Collectors.joining(", "))
              + (manifest.isEmpty() ? "; others need --manifest" : ""));
    }
    if (PaneFault.KINDS.contains(kind)) {
      return (requests, panes) -> ofPane(new PaneFault(kind), requests);
    }
    if (kind.layer() == FaultLayer.VECTOR) {
      VectorFault fault =
          VectorFault.of(
              kind, healthy.stream().limit(SAMPLE).map(e -> e.vector().toFloats()).toList());
      return (requests, panes) ->
          requests.stream().map(e -> e.withVector(fault.answer(e.vector().toFloats()))).toList();
    }
    return switch (kind) {
      case TRAFFIC_TOPICS -> new OtherTopics();
      case TRAFFIC_X10 -> new MoreTraffic();
      default -> encoded(kind, healthy, manifest.orElseThrow(), cache);
    };
  }

  private static List<EmbeddingEvent> ofPane(PaneFault fault, List<EmbeddingEvent> requests) {
    return fault
        .events(requests.stream().map(event -> event.inputKey().orElseThrow()).toList())
        .stream()
        .map(
            event ->
                requests.get(event.asked()).withVector(requests.get(event.answered()).vector()))
        .toList();
  }

  private static DrillFault encoded(
      FaultKind kind, List<EmbeddingEvent> healthy, EncoderManifest own, ParallaxCache cache) {
    if (healthy.stream().anyMatch(event -> event.inputText().isEmpty())) {
      throw CliException.failure(
          "--fault "
              + kind.label()
              + ": its events carry no texts to encode; they do where reference.kind is encoder");
    }
    if (kind != FaultKind.WRONG_VERSION) {
      requireSame(own, healthy.get(0));
    }
    boolean asItIs =
        kind == FaultKind.WRONG_VERSION
            || kind == FaultKind.NEW_LANGUAGE
            || kind == FaultKind.BROKEN_TOKENIZER;
    EncoderManifest running = asItIs ? own : new EncoderFaults(cache).broken(kind, own);
    return new EncodedFault(kind, OnnxSentenceEncoder.open(running, SessionSettings.CPU));
  }

  /** A drill with the weights of another model would ring whatever the fault. */
  private static void requireSame(EncoderManifest manifest, EmbeddingEvent event) {
    try (SentenceEncoder encoder = OnnxSentenceEncoder.open(manifest, SessionSettings.CPU)) {
      float[] made = encoder.encode(List.of(event.inputText().orElseThrow()))[0];
      double cosine = cosine(made, event.vector().toFloats());
      if (!(cosine >= SAME_VECTOR)) {
        throw CliException.failure(
            manifest.id()
                + ": expected the encoder that "
                + event.model()
                + " runs, got vectors with a cosine of "
                + Math.round(1000 * cosine) / 1000.0);
      }
    }
  }

  private static double cosine(float[] a, float[] b) {
    if (a.length != b.length) {
      return 0;
    }
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

  /** Requests like one of them: the inputs whose vectors are nearest to that of the first. */
  private static final class OtherTopics implements DrillFault {

    @Override
    public List<EmbeddingEvent> pool(List<EmbeddingEvent> healthy) {
      float[] middle = healthy.get(0).vector().toFloats();
      record Near(EmbeddingEvent event, double cosine) {}
      return healthy.stream()
          .map(event -> new Near(event, cosine(middle, event.vector().toFloats())))
          .sorted(Comparator.comparingDouble(Near::cosine).reversed())
          .limit(healthy.size() / TOPIC_OF)
          .map(Near::event)
          .toList();
    }

    @Override
    public List<EmbeddingEvent> events(List<EmbeddingEvent> requests, int panes) {
      return requests;
    }
  }

  /** Ten times the requests. */
  private static final class MoreTraffic implements DrillFault {

    @Override
    public int requests(int healthy) {
      return Strength.VOLUME * healthy;
    }

    @Override
    public List<EmbeddingEvent> events(List<EmbeddingEvent> requests, int panes) {
      return requests;
    }
  }
}
