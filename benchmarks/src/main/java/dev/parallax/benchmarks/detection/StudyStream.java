package dev.parallax.benchmarks.detection;

import dev.parallax.core.drift.Verdict;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.FaultLayer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A stream of a model that rules are asked about.
 *
 * @param label name in tables
 * @param group what an alarm in it is
 * @param right the verdict that it must get
 * @param panes how long it is followed
 * @param every costly rules look at each so manieth pane
 * @param seed of the stream with seed 0
 */
record StudyStream(
    String label,
    Group group,
    Verdict right,
    int panes,
    int every,
    long seed,
    Population population) {

  /** What an alarm in a stream is. */
  enum Group {
    /** The model or its stream is broken: an alarm is right. */
    FAULT,
    /** Nothing has changed: an alarm is false. */
    STEADY,
    /** Only the traffic has changed: an alarm is false, since the model has not. */
    TRAFFIC,
    /** The model answers in another form, which harms nobody: an alarm is false. */
    HARMLESS
  }

  /** Panes within which a fault must be found. */
  private static final int LIMIT = 10;

  /** The same for those that come slowly or are faint. */
  private static final int SLOW_LIMIT = 40;

  /** Costly rules look at so many panes of a long stream, spread evenly. */
  private static final int LOOKS = 20;

  private static final long FAULT_SEED = 1000;

  /** Labels in the order of the catalogue, others by name after it. */
  static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(
              label ->
                  Arrays.stream(FaultKind.values())
                      .filter(kind -> kind.label().equals(label))
                      .mapToInt(Enum::ordinal)
                      .findFirst()
                      .orElse(Integer.MAX_VALUE))
          .thenComparing(Comparator.naturalOrder());

  /**
   * The streams of a model: one for each fault of the catalogue that it can have, or, of the model
   * in single precision, the one that its quantising makes.
   */
  static List<StudyStream> of(Populations populations) throws IOException, InterruptedException {
    return populations.model() == StudyModel.BGE_FP32
        ? List.of(quantisedWeights(populations))
        : faults(populations);
  }

  private static List<StudyStream> faults(Populations populations)
      throws IOException, InterruptedException {
    List<StudyStream> streams = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      Optional<Population> faulty = populations.faulty(kind);
      if (faulty.isPresent()) {
        streams.add(
            new StudyStream(
                kind.label(),
                group(kind),
                kind.verdict(),
                limit(kind),
                1,
                FAULT_SEED,
                faulty.get()));
      }
    }
    return streams;
  }

  private static Group group(FaultKind kind) {
    if (!kind.benign()) {
      return Group.FAULT;
    }
    return kind.layer() == FaultLayer.TRAFFIC ? Group.TRAFFIC : Group.HARMLESS;
  }

  /** The stream of a model whose weights are in 8 bits now. */
  private static StudyStream quantisedWeights(Populations populations)
      throws IOException, InterruptedException {
    return new StudyStream(
        "int8-weights",
        Group.HARMLESS,
        Verdict.HEALTHY,
        LIMIT,
        1,
        FAULT_SEED,
        populations.quantisedTwin());
  }

  /** The healthy stream in place {@code index} of those of {@link HealthyStudy}. */
  static StudyStream healthy(Populations populations, int[] tested, int index) {
    String topic = HealthyStudy.topic(index);
    return new StudyStream(
        topic.isEmpty() ? "steady" : "towards " + topic,
        topic.isEmpty() ? Group.STEADY : Group.TRAFFIC,
        Verdict.HEALTHY,
        HealthyStudy.STREAM,
        HealthyStudy.STREAM / LOOKS,
        HealthyStudy.SEED,
        HealthyStudy.stream(populations, tested, index));
  }

  private static int limit(FaultKind kind) {
    return kind == FaultKind.SLOW_DRIFT
            || kind == FaultKind.STALE_ANSWERS_5
            || kind == FaultKind.WEIGHT_NOISE
        ? SLOW_LIMIT
        : LIMIT;
  }
}
