package dev.parallax.jobs.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.sink.DeadLetters;
import dev.parallax.jobs.source.BadRecord;
import dev.parallax.jobs.source.RawEvent;
import dev.parallax.jobs.source.SourceRecord;
import dev.parallax.jobs.state.CodecType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Panes of one second, lateness of 200 ms, samples of four inputs. */
@SuppressWarnings("try") // Closing a harness may be interrupted.
class LocalSampleTest {

  private static final SampleSettings SETTINGS = new SampleSettings(1000, 200, 4, 7);
  private static final Series SERIES = Series.of("model", "1", "shared");
  private static final Series OTHER = Series.of("other", "1", "shared");
  private static final int MAX_PARALLELISM = 8;

  private static OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness(
      int parallelism, int subtask) throws Exception {
    OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness =
        new OneInputStreamOperatorTestHarness<>(
            new LocalSample(SETTINGS), MAX_PARALLELISM, parallelism, subtask);
    harness.setup(
        CodecType.of(SamplePartCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> opened()
      throws Exception {
    OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = harness(1, 0);
    harness.open();
    return harness;
  }

  private static OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> restored(
      OperatorSubtaskState state) throws Exception {
    OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = harness(1, 0);
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private static RawEvent event(Series series, long key, long time, int partition, String id) {
    return new RawEvent(
        series,
        new InputKey(key, 0),
        id.getBytes(StandardCharsets.UTF_8),
        time,
        partition,
        ("value of " + id).getBytes(StandardCharsets.UTF_8));
  }

  private static RawEvent event(long time, int partition) {
    return event(SERIES, time, time, partition, partition + "@" + time);
  }

  private static void send(
      OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness, SourceRecord record)
      throws Exception {
    harness.processElement(record, record.timeMillis());
  }

  private static List<String> panes(
      OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness) {
    return PaneTruth.ofParts(harness.extractOutputValues(), SETTINGS);
  }

  /** Two series, three partitions that are not ordered, repeats; nothing late. */
  private static List<RawEvent> traffic(int count, long seed) {
    Random random = new Random(seed);
    List<RawEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Series series = random.nextBoolean() ? SERIES : OTHER;
      long time = 10_000 + i * 4_000L / count + random.nextInt(190);
      events.add(event(series, random.nextInt(30), time, random.nextInt(3), "e" + i));
    }
    return events;
  }

  /** The watermark that the source makes of three partitions. */
  private static long watermark(List<RawEvent> seen) {
    long least = Long.MAX_VALUE;
    for (int partition = 0; partition < 3; partition++) {
      int wanted = partition;
      least =
          Math.min(
              least,
              seen.stream()
                  .filter(event -> event.partition() == wanted)
                  .mapToLong(RawEvent::timeMillis)
                  .max()
                  .orElse(0));
    }
    return least - SETTINGS.latenessMillis() - 1;
  }

  private static void run(
      OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness,
      List<RawEvent> events,
      int from,
      int to)
      throws Exception {
    for (int i = from; i < to; i++) {
      send(harness, events.get(i));
      if (i % 7 == 6) {
        harness.processWatermark(watermark(events.subList(0, i + 1)));
      }
    }
  }

  @Test
  void ofAllInputsThoseWithTheSmallestHashAreKept() throws Exception {
    List<RawEvent> events = traffic(300, 1);
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = opened()) {
      run(harness, events, 0, events.size());
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(panes(harness)).isEqualTo(PaneTruth.of(events, SETTINGS));
      assertThat(harness.extractOutputValues())
          .filteredOn(
              part ->
                  part instanceof SamplePart.Input
                      && part.series().equals(SERIES)
                      && part.paneStart() == 11_000)
          .hasSize(SETTINGS.size());
    }
  }

  @Test
  void aPaneLeavesWhenTheWatermarkClosesIt() throws Exception {
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = opened()) {
      send(harness, event(10_500, 0));
      harness.processWatermark(10_998);
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.processWatermark(10_999);
      assertThat(panes(harness))
          .containsExactly("10000 " + SERIES.key() + ": 1, 0, 0, 0, 0@10500+0");
      assertThat(harness.getOutput()).last().isEqualTo(new Watermark(10_999));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11_199, 11_200})
  void anEventIsLateOnceItsPartitionIsPastItsPane(long latest) throws Exception {
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = opened()) {
      send(harness, event(latest, 0));
      send(harness, event(10_900, 0));
      send(harness, event(10_901, 1));
      harness.processWatermark(Watermark.MAX_WATERMARK);

      String key = SERIES.key();
      if (latest == 11_199) {
        assertThat(panes(harness))
            .containsExactly(
                "10000 " + key + ": 2, 0, 0, 0, 1@10901+0 0@10900+0",
                "11000 " + key + ": 1, 0, 0, 0, 0@11199+0");
      } else {
        assertThat(panes(harness))
            .containsExactly(
                "10000 " + key + ": 1, 0, 0, 0, 1@10901+0",
                "11000 " + key + ": 2, 0, 0, 1, 0@11200+0");
      }
    }
  }

  @Test
  void aLateEventIsCountedInThePaneThatItsPartitionHasReached() throws Exception {
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = opened()) {
      send(harness, event(14_000, 0));
      send(harness, event(10_500, 0));
      send(harness, event(11_500, 0));
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(panes(harness))
          .containsExactly("14000 " + SERIES.key() + ": 3, 0, 0, 2, 0@14000+0");
    }
  }

  @Test
  void anEventThatTheWatermarkHasPassedIsLateHoweverQuietItsPartitionWas() throws Exception {
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = opened()) {
      harness.processWatermark(11_999);
      send(harness, event(11_900, 5));
      send(harness, event(12_000, 5));
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(panes(harness))
          .containsExactly("12000 " + SERIES.key() + ": 2, 0, 0, 1, 5@12000+0");
    }
  }

  @Test
  void aBadRecordGoesToTheDeadLettersAndIsCountedNowhereElse() throws Exception {
    BadRecord bad =
        new BadRecord(
            DeadLetters.of(
                new Rejection(Reason.TIMESTAMP, "no time"),
                new byte[] {1},
                new byte[] {2, 3},
                Map.of("ce_id", "x")));
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = opened()) {
      send(harness, bad);
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(harness.getSideOutput(LocalSample.DEAD_LETTERS))
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.getValue().value()).containsExactly(2, 3);
                assertThat(letter.getValue().headers())
                    .containsEntry(DeadLetters.REASON, "timestamp")
                    .containsEntry("ce_id", "x");
              });
    }
  }

  @Test
  void aSubtaskThatFallsIdleHandsOverItsSamplesBeforeItStopsHoldingTimeBack() throws Exception {
    List<RawEvent> events = traffic(40, 3);
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = opened()) {
      for (RawEvent event : events.subList(0, 20)) {
        send(harness, event);
      }
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      assertThat(panes(harness)).isEqualTo(PaneTruth.of(events.subList(0, 20), SETTINGS));
      assertThat(harness.getOutput()).last().isEqualTo(WatermarkStatus.IDLE);

      harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
      for (RawEvent event : events.subList(20, 40)) {
        send(harness, event);
      }
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(panes(harness)).isEqualTo(PaneTruth.of(events, SETTINGS));
    }
  }

  @Test
  void aRestoreAtAnyRecordChangesNothing() throws Exception {
    List<RawEvent> events = new ArrayList<>(traffic(50, 5));
    events.add(30, event(SERIES, 99, 9_000, events.get(29).partition(), "late"));
    List<String> expected;
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = opened()) {
      run(harness, events, 0, events.size());
      harness.processWatermark(Watermark.MAX_WATERMARK);
      expected = panes(harness);
    }
    assertThat(expected).anyMatch(line -> line.contains(", 1, "));

    for (int at = 0; at <= events.size(); at++) {
      List<SamplePart> parts = new ArrayList<>();
      OperatorSubtaskState state;
      try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> before = opened()) {
        run(before, events, 0, at);
        state = before.snapshot(1, 1);
        parts.addAll(before.extractOutputValues());
      }
      try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> after = restored(state)) {
        run(after, events, at, events.size());
        after.processWatermark(Watermark.MAX_WATERMARK);
        parts.addAll(after.extractOutputValues());
      }
      assertThat(PaneTruth.ofParts(parts, SETTINGS)).as("restored at %s", at).isEqualTo(expected);
    }
  }

  @Test
  void rescalingLosesNoSampleAndNoClock() throws Exception {
    List<RawEvent> first = new ArrayList<>();
    List<RawEvent> second = new ArrayList<>();
    List<RawEvent> third = new ArrayList<>();
    for (RawEvent event : traffic(120, 11)) {
      (event.timeMillis() < 11_300 ? first : event.timeMillis() < 12_600 ? second : third)
          .add(event);
    }
    for (List<RawEvent> part : List.of(first, second, third)) {
      part.sort(Comparator.comparingLong(RawEvent::timeMillis));
    }
    List<SamplePart> parts = new ArrayList<>();

    OperatorSubtaskState one;
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = opened()) {
      for (RawEvent event : first) {
        send(harness, event);
      }
      one = harness.snapshot(1, 1);
      parts.addAll(harness.extractOutputValues());
    }

    List<OperatorSubtaskState> two = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness =
          harness(2, subtask)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                one, MAX_PARALLELISM, 1, 2, subtask));
        harness.open();
        // Each partition's clock is known to both, so whoever gets it calls this event late.
        send(harness, event(SERIES, 500 + subtask, 9_000, subtask, "late" + subtask));
        for (RawEvent event : second) {
          if (event.partition() % 2 == subtask) {
            send(harness, event);
          }
        }
        two.add(harness.snapshot(2, 2));
        parts.addAll(harness.extractOutputValues());
      }
    }

    OperatorSubtaskState both =
        AbstractStreamOperatorTestHarness.repackageState(two.get(0), two.get(1));
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = harness(1, 0)) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              both, MAX_PARALLELISM, 2, 1, 0));
      harness.open();
      for (RawEvent event : third) {
        send(harness, event);
      }
      harness.processWatermark(Watermark.MAX_WATERMARK);
      parts.addAll(harness.extractOutputValues());
    }

    List<RawEvent> all = new ArrayList<>(first);
    all.addAll(second);
    all.addAll(third);
    long late =
        parts.stream()
            .mapToLong(part -> part instanceof SamplePart.Counts counts ? counts.late() : 0)
            .sum();
    assertThat(late).isEqualTo(2);
    parts.replaceAll(
        part ->
            part instanceof SamplePart.Counts counts
                ? new SamplePart.Counts(counts.series(), counts.paneStart(), counts.sampledOut(), 0)
                : part);
    assertThat(PaneTruth.ofParts(parts, SETTINGS)).isEqualTo(PaneTruth.of(all, SETTINGS));
  }

  @Test
  void nothingIsRememberedOfPanesThatHaveClosed() throws Exception {
    OperatorSubtaskState state;
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = opened()) {
      run(harness, traffic(100, 2), 0, 100);
      harness.processWatermark(100_000);
      assertThat(harness.extractOutputValues()).isNotEmpty();
      state = harness.snapshot(1, 1);
    }
    try (OneInputStreamOperatorTestHarness<SourceRecord, SamplePart> harness = restored(state)) {
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }
}
