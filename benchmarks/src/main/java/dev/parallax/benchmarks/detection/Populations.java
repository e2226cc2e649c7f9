package dev.parallax.benchmarks.detection;

import dev.parallax.core.drill.BrokenTokenizer;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.PaneFault;
import dev.parallax.core.drill.SlowDrift;
import dev.parallax.core.drill.VectorFault;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.drill.EncoderFaults;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The streams of one model: healthy, with each fault of the catalogue, with other traffic. */
final class Populations {

  /** Pairs of a pane. */
  static final int PAIRS = 1024;

  /** Pairs of a pane with a tenth of the traffic, where the sample is the whole of it. */
  private static final int FEW_PAIRS = 512;

  private static final String[] CONCRETE = {
    "noun.animal", "noun.plant", "noun.artifact", "noun.food", "noun.substance"
  };

  private final StudyModel model;
  private final StudyTexts texts;
  private final Encodings encodings;
  private final Space reference;
  private final Space healthy;

  Populations(StudyModel model, StudyTexts texts, Encodings encodings)
      throws IOException, InterruptedException {
    this.model = model;
    this.texts = texts;
    this.encodings = encodings;
    this.reference = encodings.of(BundledEncoders.manifest(BundledEncoders.MINILM), texts.all());
    this.healthy = encodings.of(model.manifest(), texts.all());
  }

  /** Whose streams they are. */
  StudyModel model() {
    return model;
  }

  /** A healthy stream over these texts. */
  Population healthy(int[] from) {
    return of(healthy, from, PAIRS);
  }

  private Population of(Space live, int[] from, int pairs) {
    return (since, index, random) -> {
      StudyPane pane = new StudyPane();
      for (int i : Population.draw(from, pairs, random)) {
        pane.add(i, live, i, reference.rows()[i]);
      }
      return pane.build(model, index);
    };
  }

  /** The stream with a fault; empty where this model cannot have it. */
  Optional<Population> faulty(FaultKind kind) throws IOException, InterruptedException {
    int[] tested = texts.testedIndices();
    return switch (kind) {
      case BROKEN_TOKENIZER ->
          Optional.of(
              of(
                  encodings.of(
                      model.manifest(),
                      texts.tested().stream().map(BrokenTokenizer::seen).toList()),
                  tested,
                  PAIRS));
      case WRONG_VERSION ->
          model == StudyModel.BGE_INT8
              ? Optional.of(of(encoded(StudyModel.olderBge()), tested, PAIRS))
              : Optional.empty();
      case WRONG_POOLING,
          MISSING_PREFIX,
          TRUNCATION,
          MISSING_NORMALISATION,
          MODEL_SWAP,
          WEIGHT_NOISE,
          WEIGHTS_4BIT -> {
        EncoderManifest manifest = model.manifest();
        yield EncoderFaults.of(manifest).contains(kind)
            ? Optional.of(
                of(
                    encoded(new EncoderFaults(ParallaxCache.locate()).broken(kind, manifest)),
                    tested,
                    PAIRS))
            : Optional.empty();
      }
      case INT8,
          COARSE_QUANTISATION,
          HALF_ZEROED,
          RANK_COLLAPSE,
          ROTATED_BASIS,
          PERMUTED_DIMENSIONS,
          DEAD_MODEL ->
          Optional.of(of(vectorFault(kind), tested, PAIRS));
      case STALE_ANSWERS_5, STALE_ANSWERS_20, MIS_JOINED, REPEATED_TRAFFIC ->
          Optional.of(streamFault(new PaneFault(kind)));
      case SLOW_DRIFT -> Optional.of(slowDrift());
      case TRAFFIC_TOPICS -> Optional.of(of(healthy, texts.testedOf(CONCRETE), PAIRS));
      case TRAFFIC_X10 -> Optional.of(of(healthy, tested, PAIRS));
      case TRAFFIC_DIV10 -> Optional.of(of(healthy, tested, FEW_PAIRS));
      case NEW_LANGUAGE -> Optional.of(newLanguage());
      case NO_EVENTS -> Optional.empty();
    };
  }

  /** Traffic that moves step by step, within {@code panes}, to one topic. */
  Population ramp(String topic, int panes) {
    int[] all = texts.testedIndices();
    int[] there = texts.testedOf(topic);
    return (since, index, random) -> {
      double share = Math.min(0.9, 0.9 * since / panes);
      StudyPane pane = new StudyPane();
      int moved = Math.min(there.length, (int) Math.round(share * PAIRS));
      int[] drawn =
          Population.draw(
              Arrays.stream(all).filter(i -> Arrays.binarySearch(there, i) < 0).toArray(),
              PAIRS - moved,
              random);
      int[] both = Arrays.copyOf(drawn, PAIRS);
      System.arraycopy(Population.draw(there, moved, random), 0, both, PAIRS - moved, moved);
      for (int i : Population.draw(both, PAIRS, random)) {
        pane.add(i, healthy, i, reference.rows()[i]);
      }
      return pane.build(model, index);
    };
  }

  /** The same model with its weights in 8 bits. */
  Population quantisedTwin() throws IOException, InterruptedException {
    return of(
        encoded(BundledEncoders.manifest(BundledEncoders.BGE_QUANTISED)),
        texts.testedIndices(),
        PAIRS);
  }

  private Space encoded(EncoderManifest manifest) throws IOException, InterruptedException {
    return encodings.of(manifest, texts.tested());
  }

  private Space vectorFault(FaultKind kind) {
    List<float[]> sample = new ArrayList<>();
    for (int i : Arrays.copyOf(texts.fitIndices(), 512)) {
      sample.add(healthy.rows()[i]);
    }
    VectorFault fault = VectorFault.of(kind, sample);
    float[][] vectors = new float[texts.tested().size()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = fault.answer(healthy.rows()[i]).toFloats();
    }
    return Space.of(vectors);
  }

  private Population streamFault(PaneFault fault) {
    return (since, index, random) -> {
      int[] asked = Population.draw(texts.testedIndices(), PAIRS, random);
      List<InputKey> keys = new ArrayList<>();
      for (int i : asked) {
        keys.add(new InputKey(random.nextLong(), i));
      }
      StudyPane pane = new StudyPane();
      Map<Integer, Integer> answered = new LinkedHashMap<>();
      for (PaneFault.Event event : fault.events(keys)) {
        int input = asked[event.asked()];
        if (answered.putIfAbsent(input, asked[event.answered()]) != null) {
          pane.repeat();
        }
      }
      // Rows are in hash order, so requests that follow one another do not share a batch.
      int[] inputs = answered.keySet().stream().mapToInt(i -> i).toArray();
      for (int input : Population.draw(inputs, inputs.length, random)) {
        pane.add(input, healthy, answered.get(input), reference.rows()[input]);
      }
      return pane.build(model, index);
    };
  }

  private Population slowDrift() throws IOException, InterruptedException {
    Space other =
        encoded(
            new EncoderFaults(ParallaxCache.locate())
                .broken(FaultKind.SLOW_DRIFT, model.manifest()));
    return (since, index, random) -> {
      double share = SlowDrift.share(since + 1.0);
      int[] drawn = Population.draw(texts.testedIndices(), PAIRS, random);
      float[][] mixed = new float[drawn.length][];
      for (int i = 0; i < drawn.length; i++) {
        mixed[i] = SlowDrift.mix(healthy.rows()[drawn[i]], other.rows()[drawn[i]], share);
      }
      Space now = Space.of(mixed);
      StudyPane pane = new StudyPane();
      for (int i = 0; i < drawn.length; i++) {
        pane.add(drawn[i], now, i, reference.rows()[drawn[i]]);
      }
      return pane.build(model, index);
    };
  }

  private Population newLanguage() throws IOException, InterruptedException {
    List<String> german = StudyTexts.german();
    Space live = encodings.of(model.manifest(), german);
    Space there = encodings.of(BundledEncoders.manifest(BundledEncoders.MINILM), german);
    int[] all = new int[german.size()];
    Arrays.setAll(all, i -> i);
    return (since, index, random) -> {
      StudyPane pane = new StudyPane();
      for (int i : Population.draw(all, PAIRS, random)) {
        pane.add(1_000_000L + i, live, i, there.rows()[i]);
      }
      return pane.build(model, index);
    };
  }
}
