package dev.parallax.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Alarm;
import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.MonitorConfig.SliceSettings;
import dev.parallax.jobs.World;
import dev.parallax.jobs.state.CodecType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Baselines of ten panes of one minute, silence after five minutes. */
@SuppressWarnings("try") // Closing a harness may be interrupted.
class TrackSeriesTest {

  private static final long PANE = Duration.ofMinutes(1).toMillis();
  private static final long SILENT_AFTER = Duration.ofMinutes(5).toMillis();
  private static final int PANES = 16;
  private static final int FAULT_PANE = 12;

  /** The panes of two series in turn; the second breaks. */
  private static final List<ScoredPane> TRAFFIC = new ArrayList<>();

  @BeforeAll
  static void makeTraffic() {
    ScorePanes score = new ScorePanes("cpu");
    score.open(DefaultOpenContext.INSTANCE);
    Random random = new Random(3);
    float[][] map = rows(random, 12, 8);
    for (int pane = 0; pane < PANES; pane++) {
      TRAFFIC.add(score.map(pane("steady", pane, map, false, random)));
      TRAFFIC.add(score.map(pane("fragile", pane, map, pane >= FAULT_PANE, random)));
    }
    score.close();
  }

  private static PairedPane pane(
      String model, int number, float[][] map, boolean broken, Random random) {
    float[][] reference = rows(random, World.SAMPLE, 12);
    float[][] live = rows(random, World.SAMPLE, 8);
    for (int i = 0; i < World.SAMPLE && !broken; i++) {
      for (int j = 0; j < 8; j++) {
        live[i][j] *= 0.2f;
        for (int k = 0; k < 12; k++) {
          live[i][j] += reference[i][k] * map[k][j];
        }
      }
    }
    return new PairedPane(
        Series.of(model, "1", World.REFERENCE),
        number * PANE,
        keys(number, live.length),
        normalised(live),
        ones(live.length),
        normalised(reference),
        new EventCounts(World.SAMPLE, 0, 0, 0, 0, 0));
  }

  private static List<InputKey> keys(int number, int count) {
    return IntStream.range(0, count).mapToObj(i -> new InputKey(number, i)).toList();
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static float[][] rows(Random random, int count, int width) {
    float[][] rows = new float[count][width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  private static float[][] normalised(float[][] rows) {
    for (float[] row : rows) {
      double squares = 0;
      for (float value : row) {
        squares += value * value;
      }
      for (int j = 0; j < row.length; j++) {
        row[j] /= (float) Math.sqrt(squares);
      }
    }
    return rows;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new TrackSeries(
                    World.withSlices(
                        World.config("none", "track", 1, Path.of("unused")),
                        new SliceSettings(List.of("tenant"), 2, World.SAMPLE)))),
            scored -> scored.pane().series().whole().key(),
            Types.STRING);
    harness.setup(
        CodecType.of(AssessmentCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> opened()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness = harness();
    harness.open();
    return harness;
  }

  private static void run(
      KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness,
      int from,
      int to)
      throws Exception {
    for (ScoredPane scored : TRAFFIC.subList(from, to)) {
      long end = scored.pane().start() + PANE;
      harness.processElement(scored, end - 1);
      harness.processWatermark(end - 1);
    }
  }

  private static List<String> scores(
      KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness) {
    return harness.extractOutputValues().stream().map(TrackSeriesTest::text).toList();
  }

  private static List<Alarm> alarms(
      KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness) {
    return harness.extractOutputValues().stream().flatMap(a -> a.alarm().stream()).toList();
  }

  private static String text(Assessment assessment) {
    return assessment.score().series().key()
        + " "
        + new String(assessment.score().toJson(), StandardCharsets.UTF_8);
  }

  @Test
  void everyPaneIsAssessedAndTheBrokenModelRaisesAnAlarm() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
        opened()) {
      run(harness, 0, TRAFFIC.size());

      assertThat(scores(harness)).hasSize(2 * PANES);
      assertThat(scores(harness).get(0))
          .startsWith("steady|1|shared| {\"model\":\"steady\"")
          .contains("\"verdict\":\"warming\"")
          .contains("\"sampleDigest\":\"" + TRAFFIC.get(0).pane().sampleDigest() + "\"");
      assertThat(alarms(harness))
          .isNotEmpty()
          .allMatch(alarm -> alarm.verdict() == Verdict.DIVERGED);
      assertThat(harness.extractOutputValues())
          .filteredOn(assessment -> assessment.alarm().isPresent())
          .allMatch(assessment -> assessment.score().series().model().equals("fragile"));
    }
  }

  @Test
  void aSeriesThatSendsNothingFallsSilentOnce() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
        opened()) {
      run(harness, 0, 2);
      harness.processWatermark(PANE + SILENT_AFTER - 1);
      assertThat(scores(harness)).hasSize(2);

      harness.processWatermark(PANE + SILENT_AFTER);
      harness.processWatermark(PANE + 10 * SILENT_AFTER);
      assertThat(scores(harness).subList(2, 4))
          .allSatisfy(score -> assertThat(score).contains("\"verdict\":\"silent\""));
      assertThat(scores(harness)).hasSize(4);
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(harness.numKeyedStateEntries()).as("states of two series").isEqualTo(2);
    }
  }

  @Test
  void aGapReadsTheSameWhetherTimeOrTheNextPaneComesFirst() throws Exception {
    ScoredPane afterGap =
        new ScoredPane(
            new PairedPane(
                TRAFFIC.get(0).pane().series(),
                20 * PANE,
                TRAFFIC.get(0).pane().keys(),
                TRAFFIC.get(0).pane().live(),
                TRAFFIC.get(0).pane().norms(),
                TRAFFIC.get(0).pane().reference(),
                TRAFFIC.get(0).pane().counts()),
            TRAFFIC.get(0).moments());
    List<String> timeFirst;
    try (KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
        opened()) {
      harness.processElement(TRAFFIC.get(0), PANE - 1);
      harness.processWatermark(20 * PANE);
      harness.processElement(afterGap, 21 * PANE - 1);
      timeFirst = scores(harness);
    }
    try (KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
        opened()) {
      harness.processElement(TRAFFIC.get(0), PANE - 1);
      harness.processElement(afterGap, 21 * PANE - 1);
      harness.processWatermark(21 * PANE - 1);

      assertThat(scores(harness)).hasSize(3).isEqualTo(timeFirst);
    }
  }

  @Test
  void theEndOfTheInputIsNotSilence() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
        opened()) {
      run(harness, 0, 4);
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(scores(harness)).hasSize(4);
      assertThat(alarms(harness)).isEmpty();
    }
  }

  @Test
  void aRestoreBetweenAnyTwoPanesChangesNothing() throws Exception {
    List<String> expected;
    try (KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
        opened()) {
      run(harness, 0, TRAFFIC.size());
      expected = scores(harness);
    }
    List<String> restored = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (int i = 0; i < TRAFFIC.size(); i++) {
      try (KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
          harness()) {
        harness.initializeState(state);
        harness.open();
        run(harness, i, i + 1);
        state = harness.snapshot(i, i);
        restored.addAll(scores(harness));
      }
    }
    assertThat(restored).isEqualTo(expected);
  }

  /** A pane as one of a slice of the first series, at another time. */
  private static ScoredPane sliced(ScoredPane scored, String tenant, long number) {
    PairedPane pane = scored.pane();
    return new ScoredPane(
        new PairedPane(
            TRAFFIC.get(0).pane().series().sliced("tenant", tenant),
            number * PANE,
            pane.keys(),
            pane.live(),
            pane.norms(),
            pane.reference(),
            pane.counts()),
        scored.moments());
  }

  private static List<ScoredPane> wholeAndSlices() {
    List<ScoredPane> panes = new ArrayList<>();
    for (int i = 0; i < TRAFFIC.size(); i += 2) {
      panes.add(TRAFFIC.get(i));
      panes.add(sliced(TRAFFIC.get(i), "well", i / 2));
      panes.add(sliced(TRAFFIC.get(i + 1), "broken", i / 2));
    }
    return panes;
  }

  @Test
  void aSliceHasABaselineOfItsOwnAndARestoreChangesNothing() throws Exception {
    List<ScoredPane> panes = wholeAndSlices();
    List<String> expected;
    try (KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
        opened()) {
      for (ScoredPane pane : panes) {
        harness.processElement(pane, pane.pane().start() + PANE - 1);
      }
      expected = scores(harness);
      assertThat(expected).hasSize(3 * PANES);
      assertThat(harness.extractOutputValues())
          .filteredOn(assessment -> assessment.alarm().isPresent())
          .isNotEmpty()
          .allMatch(a -> a.score().series().slice().equals("tenant=broken"));
    }
    List<String> restored = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (int i = 0; i < panes.size(); i++) {
      try (KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
          harness()) {
        harness.initializeState(state);
        harness.open();
        harness.processElement(panes.get(i), panes.get(i).pane().start() + PANE - 1);
        state = harness.snapshot(i, i);
        restored.addAll(scores(harness));
      }
    }
    assertThat(restored).isEqualTo(expected);
  }

  @Test
  void anAttributeHasNoMoreSlicesThanItMayAndASilentOneMakesRoomInTime() throws Exception {
    ScoredPane pane = TRAFFIC.get(0);
    long forgotten = 1 + 10 * SILENT_AFTER / PANE;
    for (boolean timeFirst : List.of(true, false)) {
      try (KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
          opened()) {
        harness.processElement(sliced(pane, "a", 0), PANE - 1);
        harness.processElement(sliced(pane, "b", 0), PANE - 1);
        harness.processElement(sliced(pane, "c", 0), PANE - 1);
        assertThat(scores(harness)).as("no room for a third").hasSize(2);

        harness.processElement(sliced(pane, "b", 4), 5 * PANE - 1);
        harness.processElement(sliced(pane, "c", forgotten - 1), forgotten * PANE - 1);
        assertThat(scores(harness)).as("a is not forgotten yet").hasSize(3);
        if (timeFirst) {
          harness.processWatermark(forgotten * PANE);
          assertThat(harness.extractOutputValues())
              .extracting(a -> a.score().series().slice() + " " + a.score().verdict())
              .endsWith("tenant=a SILENT", "tenant=b SILENT");
        }
        harness.processElement(sliced(pane, "c", forgotten), (forgotten + 1) * PANE - 1);
        assertThat(scores(harness)).hasSize(timeFirst ? 6 : 4).last().asString().contains("=c");
      }
    }
  }

  @Test
  void aSliceBeginsWithAPaneOfEnoughPairs() throws Exception {
    PairedPane full = TRAFFIC.get(0).pane();
    PairedPane few =
        new PairedPane(
            full.series().sliced("tenant", "a"),
            0,
            full.keys().subList(1, World.SAMPLE),
            Arrays.copyOfRange(full.live(), 1, World.SAMPLE),
            Arrays.copyOfRange(full.norms(), 1, World.SAMPLE),
            Arrays.copyOfRange(full.reference(), 1, World.SAMPLE),
            full.counts());
    try (KeyedOneInputStreamOperatorTestHarness<String, ScoredPane, Assessment> harness =
        opened()) {
      harness.processElement(new ScoredPane(few, TRAFFIC.get(0).moments()), PANE - 1);
      assertThat(scores(harness)).isEmpty();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }
}
