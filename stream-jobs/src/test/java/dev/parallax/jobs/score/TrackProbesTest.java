package dev.parallax.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.World;
import dev.parallax.jobs.sample.LocalSample;
import dev.parallax.jobs.sample.PaneSample;
import dev.parallax.jobs.sink.DeadLetters;
import dev.parallax.jobs.state.CodecType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Cycles of eight probes of width six, one a pane. */
@SuppressWarnings("try") // Closing a harness may be interrupted.
class TrackProbesTest {

  private static final long PANE = 60_000;
  private static final int PROBES = 8;
  private static final Series SERIES = Series.of("model", "1", World.REFERENCE).probes();

  private static KeyedOneInputStreamOperatorTestHarness<String, PaneSample, Assessment> harness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, PaneSample, Assessment> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new TrackProbes(World.config("none", "probes", 1, Path.of("unused")))),
            sample -> sample.series().key(),
            Types.STRING);
    harness.setup(
        CodecType.of(AssessmentCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  /** A pane with one cycle of the model that {@code seed} makes, and further kept events. */
  private static PaneSample pane(int number, long seed, byte[]... others) {
    Random random = new Random(seed);
    List<Kept<byte[]>> inputs = new ArrayList<>();
    for (int i = 0; i < PROBES; i++) {
      float[] vector = new float[6];
      for (int j = 0; j < vector.length; j++) {
        vector[j] = (float) random.nextGaussian();
      }
      inputs.add(
          kept(number, i, event(vector, Map.of("probe-cycle", Long.toString(number * PANE)))));
    }
    for (byte[] other : others) {
      inputs.add(kept(number, inputs.size(), other));
    }
    EventCounts counts = new EventCounts(inputs.size() + 5, 0, 3, 2, 0, 0);
    return new PaneSample(SERIES, number * PANE, inputs, counts);
  }

  private static Kept<byte[]> kept(int pane, int number, byte[] value) {
    return new Kept<>(number, new InputKey(0, number), pane * PANE, "id-" + number, 0, value);
  }

  private static byte[] event(float[] vector, Map<String, String> cycle) {
    Map<String, String> attributes = new TreeMap<>(cycle);
    attributes.put("probe-set", "set");
    attributes.put("probe-count", Integer.toString(PROBES));
    return EventCodec.encode(
        EmbeddingEvent.of("model", "1", WireVector.of(vector), new InputKey(0, 0))
            .withAttributes(attributes));
  }

  @Test
  void aSwapIsFoundInItsFirstCycleThroughARestoreBetweenAnyTwoPanes() throws Exception {
    List<Verdict> verdicts = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (int i = 0; i < 6; i++) {
      try (KeyedOneInputStreamOperatorTestHarness<String, PaneSample, Assessment> harness =
          harness()) {
        harness.initializeState(state);
        harness.open();
        harness.processElement(pane(i, i == 4 ? 2 : 1), (i + 1) * PANE - 1);
        state = harness.snapshot(i, i);
        harness.extractOutputValues().forEach(a -> verdicts.add(a.score().verdict()));
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        assertThat(harness.numEventTimeTimers()).isZero();
      }
    }
    assertThat(verdicts)
        .containsExactly(
            Verdict.WARMING,
            Verdict.WARMING,
            Verdict.WARMING,
            Verdict.HEALTHY,
            Verdict.DIVERGED,
            Verdict.HEALTHY);
  }

  @Test
  void whatIsNoAnswerIsADeadLetterAndCountedAsRejected() throws Exception {
    float[] vector = {1, 2, 3, 4, 5, 6};
    try (KeyedOneInputStreamOperatorTestHarness<String, PaneSample, Assessment> harness =
        harness()) {
      harness.open();
      harness.processElement(
          pane(
              0,
              1,
              new byte[] {1, 2, 3},
              event(new float[6], Map.of("probe-cycle", "0")),
              event(vector, Map.of())),
          PANE - 1);

      Assessment assessment = harness.extractOutputValues().get(0);
      assertThat(assessment.score().counts()).isEqualTo(new EventCounts(16, 0, 3, 2, 0, 3));
      assertThat(assessment.score().pairs()).isEqualTo(PROBES);
      assertThat(assessment.score().counts().scored()).isEqualTo(PROBES);
      assertThat(harness.getSideOutput(LocalSample.DEAD_LETTERS))
          .hasSize(3)
          .last()
          .satisfies(
              letter ->
                  assertThat(letter.getValue().headers())
                      .containsEntry(DeadLetters.REASON, "missing-field"));
    }
  }
}
