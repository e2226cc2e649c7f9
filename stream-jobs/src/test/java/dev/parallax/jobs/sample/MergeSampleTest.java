package dev.parallax.jobs.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.SampleHash;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.source.RawEvent;
import dev.parallax.jobs.state.CodecType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Panes of one second, samples of four inputs. */
@SuppressWarnings("try") // Closing a harness may be interrupted.
class MergeSampleTest {

  private static final SampleSettings SETTINGS = new SampleSettings(1000, 200, 4, 7);
  private static final Series SERIES = Series.of("model", "1", "shared");
  private static final Series OTHER = Series.of("other", "1", "shared");

  private static KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> harness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new MergeSample(SETTINGS)),
            part -> part.series().key(),
            Types.STRING);
    harness.setup(
        CodecType.of(PaneSampleCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> opened()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> harness = harness();
    harness.open();
    return harness;
  }

  private static List<RawEvent> traffic(int count, long seed) {
    Random random = new Random(seed);
    List<RawEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(
          new RawEvent(
              random.nextBoolean() ? SERIES : OTHER,
              new InputKey(random.nextInt(12), 0),
              ("e" + i).getBytes(StandardCharsets.UTF_8),
              10_000 + random.nextInt(2_000),
              0,
              new byte[] {(byte) i}));
    }
    return events;
  }

  /** The parts that one subtask makes of its events. */
  private static List<SamplePart> parts(List<RawEvent> events) {
    Map<String, PaneDraft> drafts = new HashMap<>();
    Map<String, Long> starts = new HashMap<>();
    for (RawEvent event : events) {
      long start = SETTINGS.pane().startOf(event.timeMillis());
      long salt = new SampleHash(SETTINGS.seed()).paneSalt(start);
      String pane = start + event.series().key();
      starts.put(pane, start);
      drafts
          .computeIfAbsent(pane, p -> new PaneDraft(event.series(), SETTINGS.size()))
          .sample()
          .offer(
              SampleHash.of(salt, event.key()),
              event.key(),
              event.timeMillis(),
              event.id(),
              event.value());
    }
    List<SamplePart> parts = new ArrayList<>();
    drafts.forEach(
        (pane, draft) -> {
          long start = starts.get(pane);
          parts.add(
              new SamplePart.Counts(
                  draft.series(), start, draft.sample().sampledOut(), draft.late()));
          draft
              .sample()
              .inHashOrder()
              .forEach(kept -> parts.add(new SamplePart.Input(draft.series(), start, kept)));
        });
    return parts;
  }

  private static SamplePart.Input input(long paneStart, String id, long repeats) {
    Kept<byte[]> kept =
        new Kept<>(
            id.hashCode(), new InputKey(id.hashCode(), 0), paneStart, id, repeats, new byte[0]);
    return new SamplePart.Input(SERIES, paneStart, kept);
  }

  private static void send(
      KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> harness,
      List<? extends SamplePart> parts)
      throws Exception {
    for (SamplePart part : parts) {
      harness.processElement(part, part.paneStart());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void partsOfTwoSubtasksMergeToTheSameInAnyOrder(long seed) throws Exception {
    List<RawEvent> events = traffic(120, seed);
    List<SamplePart> parts = new ArrayList<>(parts(events.subList(0, 50)));
    parts.addAll(parts(events.subList(50, 120)));
    Collections.shuffle(parts, new Random(seed));
    try (KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> harness =
        opened()) {
      send(harness, parts);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(PaneTruth.ofPanes(harness.extractOutputValues()))
          .isEqualTo(PaneTruth.of(events, SETTINGS));
    }
  }

  @Test
  void panesOfASeriesComeInOrderOfTime() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> harness =
        opened()) {
      send(harness, List.of(input(12_000, "c", 0), input(10_000, "a", 0), input(11_000, "b", 0)));
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(harness.extractOutputValues())
          .extracting(PaneSample::paneStart)
          .containsExactly(10_000L, 11_000L, 12_000L);
    }
  }

  @Test
  void whatComesAfterItsPaneHasClosedIsLateInThePaneThatIsOpen() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> harness =
        opened()) {
      send(harness, List.of(input(10_000, "a", 2), new SamplePart.Counts(SERIES, 10_000, 5, 1)));
      harness.processWatermark(11_500);
      send(
          harness,
          List.of(
              new SamplePart.Counts(SERIES, 10_000, 7, 2),
              input(10_000, "b", 3),
              input(11_000, "c", 0)));
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(PaneTruth.ofPanes(harness.extractOutputValues()))
          .containsExactly(
              "10000 " + SERIES.key() + ": 9, 5, 2, 1, a+2",
              "11000 " + SERIES.key() + ": 14, 0, 0, 13, c+0");
    }
  }

  @Test
  void aWatermarkBetweenCountsAndInputsLosesNoEvent() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> harness =
        opened()) {
      send(harness, List.of(new SamplePart.Counts(SERIES, 10_000, 5, 0)));
      harness.processWatermark(10_999);
      send(harness, List.of(input(10_000, "a", 2), input(10_000, "b", 0)));
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(PaneTruth.ofPanes(harness.extractOutputValues()))
          .containsExactly(
              "10000 " + SERIES.key() + ": 5, 5, 0, 0,", "11000 " + SERIES.key() + ": 4, 0, 0, 4,");
    }
  }

  @Test
  void afterARestoreAClosedPaneStaysClosedThoughTimeStartsAnew() throws Exception {
    OperatorSubtaskState state;
    try (KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> harness =
        opened()) {
      send(harness, List.of(input(10_000, "a", 0), input(12_000, "d", 0)));
      harness.processWatermark(10_999);
      state = harness.snapshot(1, 1);
    }
    try (KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> harness =
        harness()) {
      harness.initializeState(state);
      harness.open();
      send(harness, List.of(input(10_000, "b", 1), input(11_000, "c", 0)));
      harness.processWatermark(Watermark.MAX_WATERMARK);

      assertThat(PaneTruth.ofPanes(harness.extractOutputValues()))
          .containsExactly(
              "11000 " + SERIES.key() + ": 3, 0, 0, 2, c+0",
              "12000 " + SERIES.key() + ": 1, 0, 0, 0, d+0");
    }
  }

  @Test
  void ofClosedPanesOnlyTheTimeOfClosingIsRemembered() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, SamplePart, PaneSample> harness =
        opened()) {
      send(harness, parts(traffic(100, 4)));
      assertThat(harness.numEventTimeTimers()).isEqualTo(4);
      harness.processWatermark(20_000);

      assertThat(harness.extractOutputValues()).hasSize(4);
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
    }
  }
}
