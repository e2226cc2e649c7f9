package dev.parallax.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Alarm;
import dev.parallax.core.drift.Approval;
import dev.parallax.core.drift.Arming;
import dev.parallax.core.drift.ArmingRule;
import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.drift.BaselineWire;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorConfig.SliceSettings;
import dev.parallax.jobs.World;
import dev.parallax.jobs.score.ScoredPane.ScoredPaneCodec;
import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.jobs.source.PastBaselines;
import dev.parallax.jobs.state.CodecType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
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
  static void makeTraffic() throws Exception {
    try (OneInputStreamOperatorTestHarness<PairedPane, ScoredPane> score =
        new OneInputStreamOperatorTestHarness<>(new StreamMap<>(new ScorePanes("cpu")))) {
      score.setup(
          CodecType.of(ScoredPaneCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
      score.open();
      Random random = new Random(3);
      float[][] map = rows(random, 12, 8);
      for (int pane = 0; pane < PANES; pane++) {
        score.processElement(pane("steady", pane, map, false, random), 0);
        score.processElement(pane("fragile", pane, map, pane >= FAULT_PANE, random), 0);
      }
      TRAFFIC.addAll(score.extractOutputValues());
    }
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

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, ScoredPane, BaselineOrder, Assessment>
      harness() throws Exception {
    return harness(
        World.withSlices(
            World.config("none", "track", 1, Path.of("unused")),
            new SliceSettings(List.of("tenant"), 2, World.SAMPLE)));
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, ScoredPane, BaselineOrder, Assessment>
      harness(MonitorConfig config) throws Exception {
    return harness(config, PastBaselines.NONE);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, ScoredPane, BaselineOrder, Assessment>
      harness(MonitorConfig config, PastBaselines past) throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment> harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new TrackSeries(config, config.reference(), past)),
            scored -> scored.pane().series().whole().key(),
            order -> order.series().whole().key(),
            Types.STRING);
    harness.setup(
        CodecType.of(AssessmentCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, ScoredPane, BaselineOrder, Assessment>
      opened() throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment> harness =
        harness();
    harness.open();
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    return harness;
  }

  private static void run(
      KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment> harness,
      int from,
      int to)
      throws Exception {
    for (ScoredPane scored : TRAFFIC.subList(from, to)) {
      long end = scored.pane().start() + PANE;
      harness.processElement1(scored, end - 1);
      harness.processWatermark1(new Watermark(end - 1));
    }
  }

  private static List<String> scores(
      KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
          harness) {
    return harness.extractOutputValues().stream().map(TrackSeriesTest::text).toList();
  }

  private static List<Alarm> alarms(
      KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
          harness) {
    return harness.extractOutputValues().stream().flatMap(a -> a.alarm().stream()).toList();
  }

  private static String text(Assessment assessment) {
    return assessment.score().series().key()
        + " "
        + new String(assessment.score().toJson(), StandardCharsets.UTF_8);
  }

  @Test
  void everyPaneIsAssessedAndTheBrokenModelRaisesAnAlarm() throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = opened()) {
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
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = opened()) {
      run(harness, 0, 2);
      harness.processWatermark1(new Watermark(PANE + SILENT_AFTER - 1));
      assertThat(scores(harness)).hasSize(2);

      harness.processWatermark1(new Watermark(PANE + SILENT_AFTER));
      harness.processWatermark1(new Watermark(PANE + 10 * SILENT_AFTER));
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
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = opened()) {
      harness.processElement1(TRAFFIC.get(0), PANE - 1);
      harness.processWatermark1(new Watermark(20 * PANE));
      harness.processElement1(afterGap, 21 * PANE - 1);
      timeFirst = scores(harness);
    }
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = opened()) {
      harness.processElement1(TRAFFIC.get(0), PANE - 1);
      harness.processElement1(afterGap, 21 * PANE - 1);
      harness.processWatermark1(new Watermark(21 * PANE - 1));

      assertThat(scores(harness)).hasSize(3).isEqualTo(timeFirst);
    }
  }

  @Test
  void theEndOfTheInputIsNotSilence() throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = opened()) {
      run(harness, 0, 4);
      harness.processWatermark1(Watermark.MAX_WATERMARK);

      assertThat(scores(harness)).hasSize(4);
      assertThat(alarms(harness)).isEmpty();
    }
  }

  @Test
  void aRestoreBetweenAnyTwoPanesChangesNothing() throws Exception {
    List<String> expected;
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = opened()) {
      run(harness, 0, TRAFFIC.size());
      expected = scores(harness);
    }
    List<String> restored = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (int i = 0; i < TRAFFIC.size(); i++) {
      try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
          harness = harness()) {
        harness.initializeState(state);
        harness.open();
        harness.processWatermark2(Watermark.MAX_WATERMARK);
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
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = opened()) {
      for (ScoredPane pane : panes) {
        harness.processElement1(pane, pane.pane().start() + PANE - 1);
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
      try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
          harness = harness()) {
        harness.initializeState(state);
        harness.open();
        harness.processElement1(panes.get(i), panes.get(i).pane().start() + PANE - 1);
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
      try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
          harness = opened()) {
        harness.processElement1(sliced(pane, "a", 0), PANE - 1);
        harness.processElement1(sliced(pane, "b", 0), PANE - 1);
        harness.processElement1(sliced(pane, "c", 0), PANE - 1);
        assertThat(scores(harness)).as("no room for a third").hasSize(2);

        harness.processElement1(sliced(pane, "b", 4), 5 * PANE - 1);
        harness.processElement1(sliced(pane, "c", forgotten - 1), forgotten * PANE - 1);
        assertThat(scores(harness)).as("a is not forgotten yet").hasSize(3);
        if (timeFirst) {
          harness.processWatermark1(new Watermark(forgotten * PANE));
          assertThat(harness.extractOutputValues())
              .extracting(a -> a.score().series().slice() + " " + a.score().verdict())
              .endsWith("tenant=a SILENT", "tenant=b SILENT");
        }
        harness.processElement1(sliced(pane, "c", forgotten), (forgotten + 1) * PANE - 1);
        assertThat(scores(harness)).hasSize(timeFirst ? 6 : 4).last().asString().contains("=c");
      }
    }
  }

  /** One whose baselines wait for a person. */
  private static KeyedTwoInputStreamOperatorTestHarness<
          String, ScoredPane, BaselineOrder, Assessment>
      asking() throws Exception {
    MonitorConfig config = World.config("none", "track", 1, Path.of("unused"));
    KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment> harness =
        harness(World.with(config, new ArmingRule(ArmingRule.Mode.REQUIRED, 2)));
    harness.open();
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    return harness;
  }

  private static List<BaselineRecord> baselines(
      KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment> harness)
      throws Exception {
    List<BaselineRecord> records = new ArrayList<>();
    if (harness.getSideOutput(TrackSeries.BASELINES) != null) {
      for (StreamRecord<OutRecord> record : harness.getSideOutput(TrackSeries.BASELINES)) {
        records.add((BaselineRecord) BaselineWire.read(record.getValue().value()));
      }
    }
    return records;
  }

  private static BaselineOrder order(
      BaselineOrder.Kind kind, BaselineRecord record, String baseline) {
    return new BaselineOrder(
        kind, record.series(), baseline, new Approval("ada", 5, Optional.of("known")));
  }

  private static List<Assessment> of(
      String model,
      KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
          harness) {
    return harness.extractOutputValues().stream()
        .filter(assessment -> assessment.score().series().model().equals(model))
        .toList();
  }

  @Test
  void aBaselineThatArmsByItselfIsPublishedWithItsReport() throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = opened()) {
      run(harness, 0, TRAFFIC.size());

      assertThat(baselines(harness)).hasSize(2);
      BaselineRecord record = baselines(harness).get(0);
      assertThat(record.state()).isEqualTo(BaselineRecord.State.ARMED);
      assertThat(record.arming().orElseThrow().approval().by()).isEqualTo(Approval.AUTOMATIC);
      assertThat(record.arming().orElseThrow().from()).isEqualTo(10 * PANE);
      assertThat(record.report().withinBudget()).isTrue();
      assertThat(record.report().points()).hasSize(5);
      assertThat(record.content()).isPresent();
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
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = opened()) {
      harness.processElement1(new ScoredPane(few, TRAFFIC.get(0).moments()), PANE - 1);
      assertThat(scores(harness)).isEmpty();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aBaselineThatWaitsRaisesNoAlarmUntilItIsApproved() throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = asking()) {
      run(harness, 0, 2 * FAULT_PANE + 2);
      BaselineRecord fragile = baselines(harness).get(1);
      assertThat(fragile.state()).isEqualTo(BaselineRecord.State.COLLECTED);
      Assessment waiting = of("fragile", harness).get(FAULT_PANE);
      assertThat(waiting.score().verdict()).isEqualTo(Verdict.WARMING);
      assertThat(waiting.score().reasons().get(0))
          .isEqualTo(
              "baseline "
                  + fragile.baseline()
                  + " is collected: waiting for approval (parallax baseline approve --model"
                  + " fragile)");
      assertThat(waiting.score().figures().get(Figure.RESIDUAL)).isPresent();
      assertThat(waiting.score().figures().get(Figure.EVIDENCE_LOG10)).isEmpty();
      assertThat(alarms(harness)).isEmpty();

      harness.processElement2(order(BaselineOrder.Kind.ARM, fragile, "another"), 0);
      harness.processElement2(order(BaselineOrder.Kind.ARM, fragile, fragile.baseline()), 0);
      harness.processElement2(order(BaselineOrder.Kind.ARM, fragile, fragile.baseline()), 0);
      run(harness, 2 * FAULT_PANE + 2, TRAFFIC.size());

      assertThat(alarms(harness)).isNotEmpty();
      assertThat(baselines(harness)).hasSize(3);
      BaselineRecord armed = baselines(harness).get(2);
      assertThat(armed.state()).isEqualTo(BaselineRecord.State.ARMED);
      assertThat(armed.key()).isEqualTo(fragile.key());
      assertThat(armed.arming())
          .contains(
              new Arming(new Approval("ada", 5, Optional.of("known")), (FAULT_PANE + 1) * PANE));
      assertThat(of("steady", harness))
          .allMatch(assessment -> assessment.score().verdict() == Verdict.WARMING);
    }
  }

  @Test
  void aBaselineIsCollectedAnewWhenThatIsOrdered() throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = opened()) {
      run(harness, 0, 22);
      BaselineRecord steady = baselines(harness).get(0);
      harness.processElement2(order(BaselineOrder.Kind.COLLECT, steady, steady.baseline()), 0);
      harness.processElement2(order(BaselineOrder.Kind.COLLECT, steady, steady.baseline()), 0);
      run(harness, 22, TRAFFIC.size());

      assertThat(baselines(harness)).hasSize(3);
      assertThat(baselines(harness).get(2).state()).isEqualTo(BaselineRecord.State.RETIRED);
      assertThat(baselines(harness).get(2).until()).hasValue(11 * PANE);
      assertThat(of("steady", harness).get(11).score().reasons())
          .containsExactly("baseline: 1 of 10 panes");
      assertThat(of("fragile", harness).get(11).score().verdict()).isEqualTo(Verdict.HEALTHY);
    }
  }

  @Test
  void whatWasWrittenBeforeIsReadOnceAndARestartFindsWhatTheFirstStartFound() throws Exception {
    MonitorConfig config = World.config("none", "track", 1, Path.of("unused"));
    List<BaselineRecord> written;
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = opened()) {
      run(harness, 0, 22);
      written = baselines(harness);
    }
    OperatorSubtaskState state;
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = harness(config, written::forEach)) {
      harness.open();
      run(harness, 22, 23);
      assertGoesOn(harness, written.get(0));
      state = harness.snapshot(1, 1);
    }
    PastBaselines never =
        records -> {
          throw new AssertionError("it is in the state");
        };
    try (KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment>
        harness = harness(config, never)) {
      harness.initializeState(state);
      harness.open();
      run(harness, 23, 24);
      assertGoesOn(harness, written.get(1));
    }
  }

  private static void assertGoesOn(
      KeyedTwoInputStreamOperatorTestHarness<String, ScoredPane, BaselineOrder, Assessment> harness,
      BaselineRecord armed)
      throws Exception {
    Assessment assessment = harness.extractOutputValues().get(0);
    assertThat(assessment.score().series()).isEqualTo(armed.series());
    assertThat(assessment.score().verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(assessment.score().baseline()).contains(armed.baseline());
    assertThat(baselines(harness)).isEmpty();
  }
}
