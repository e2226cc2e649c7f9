package dev.parallax.jobs.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Alarm;
import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.World;
import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.jobs.sink.OutRecordCodec;
import dev.parallax.jobs.state.CodecType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three series over ten ticks; the evidence against one of them grows tenfold a tick. */
@SuppressWarnings("try") // Closing a harness may be interrupted.
class FleetControlTest {

  private static final long PANE = Duration.ofMinutes(1).toMillis();
  private static final int TICKS = 10;
  private static final List<String> MODELS = List.of("a", "b", "c");

  private static Assessment assessment(String model, int tick) {
    double evidenceLog10 = model.equals("b") ? tick : 0;
    Score score =
        new Score(
            Series.of(model, "1", World.REFERENCE),
            tick * PANE,
            (tick + 1) * PANE,
            0,
            512,
            1024,
            new Figures.Builder().put(Figure.EVIDENCE_LOG10, evidenceLog10).build(),
            Optional.of("0123456789ab"),
            Verdict.HEALTHY,
            List.of(),
            EventCounts.NONE,
            new Provenance("1", "config", "reference", "graph", "cpu", "ort", "isa", 7),
            "digest");
    // The budget is a page in 1,000 panes.
    return new Assessment(
        score,
        evidenceLog10 >= 3
            ? Optional.of(
                new Alarm(Verdict.DIVERGED, List.of("it moved"), OptionalLong.of(2 * PANE)))
            : Optional.empty());
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> harness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new FleetControl(World.config("none", "fleet", 1, Path.of("unused")))),
            assessment -> 0,
            Types.INT);
    harness.setup(
        CodecType.of(OutRecordCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> opened()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> harness = harness();
    harness.open();
    return harness;
  }

  private static void tick(
      KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> harness, int tick)
      throws Exception {
    for (String model : MODELS) {
      harness.processElement(assessment(model, tick), (tick + 1) * PANE - 1);
    }
    harness.processWatermark((tick + 1) * PANE);
  }

  private static List<String> scores(
      KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> harness) {
    return harness.extractOutputValues().stream().map(FleetControlTest::text).toList();
  }

  private static List<String> alerts(
      KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> harness) {
    Queue<StreamRecord<OutRecord>> alerts = harness.getSideOutput(FleetControl.ALERTS);
    return alerts == null
        ? List.of()
        : alerts.stream().map(StreamRecord::getValue).map(FleetControlTest::text).toList();
  }

  private static String text(OutRecord record) {
    return new String(record.key(), StandardCharsets.UTF_8)
        + " "
        + new String(record.value(), StandardCharsets.UTF_8);
  }

  private static List<String> inOrder() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> harness =
        opened()) {
      for (int tick = 0; tick < TICKS; tick++) {
        tick(harness, tick);
      }
      return scores(harness);
    }
  }

  @Test
  void aTickIsDecidedWhenItsTimeHasCome() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> harness =
        opened()) {
      harness.processElement(assessment("b", 0), PANE - 1);
      harness.processElement(assessment("a", 1), 2 * PANE - 1);
      harness.processElement(assessment("a", 0), PANE - 1);
      harness.processWatermark(PANE - 1);
      assertThat(scores(harness)).isEmpty();

      harness.processWatermark(PANE);
      assertThat(scores(harness)).hasSize(2);
      assertThat(scores(harness).get(0)).startsWith("a|1|shared| ").contains("\"thresholdLog10\"");
      assertThat(scores(harness).get(1)).startsWith("b|1|shared| ");
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    }
  }

  @Test
  void oneOfThreePagesWhenItsEvidenceIsThreeTimesTheBudget() throws Exception {
    assertThat(inOrder())
        .hasSize(3 * TICKS)
        .filteredOn(score -> score.contains("\"verdict\":\"diverged\""))
        // 1,000 is not enough, 10,000 is.
        .hasSize(TICKS - 4)
        .allMatch(score -> score.startsWith("b|1|shared| "));
    try (KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> harness =
        opened()) {
      for (int tick = 0; tick < TICKS; tick++) {
        tick(harness, tick);
      }
      assertThat(alerts(harness))
          .singleElement()
          .asString()
          .startsWith("b|1|shared| ")
          .contains("\"verdict\":\"diverged\",\"previousVerdict\":\"healthy\"")
          .contains("\"estimatedChangeTime\":\"1970-01-01T00:02:00");
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(harness.numKeyedStateEntries()).as("the state of the fleet").isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void neitherTheOrderOfArrivalNorTheStepsOfTimeMatter(long seed) throws Exception {
    List<Assessment> arrivals = new ArrayList<>();
    for (int tick = 0; tick < TICKS; tick++) {
      for (String model : MODELS) {
        arrivals.add(assessment(model, tick));
      }
    }
    Collections.shuffle(arrivals, new Random(seed));
    try (KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> harness =
        opened()) {
      for (Assessment assessment : arrivals) {
        harness.processElement(assessment, assessment.score().paneEnd() - 1);
      }
      assertThat(scores(harness)).isEmpty();
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(scores(harness)).isEqualTo(inOrder());
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aRestoreAtAnyTimeChangesNothing() throws Exception {
    List<String> restored = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (int tick = 0; tick < TICKS; tick++) {
      for (int part = 0; part <= MODELS.size(); part++) {
        try (KeyedOneInputStreamOperatorTestHarness<Integer, Assessment, OutRecord> harness =
            harness()) {
          harness.initializeState(state);
          harness.open();
          if (part < MODELS.size()) {
            harness.processElement(assessment(MODELS.get(part), tick), (tick + 1) * PANE - 1);
          } else {
            harness.processWatermark((tick + 1) * PANE);
          }
          state = harness.snapshot(tick, tick);
          restored.addAll(scores(harness));
        }
      }
    }
    assertThat(restored).isEqualTo(inOrder());
  }
}
