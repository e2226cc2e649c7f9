package dev.parallax.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.SampleDigest;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.MonitorConfig.SliceSettings;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.jobs.sample.LocalSample;
import dev.parallax.jobs.sample.PaneSample;
import dev.parallax.jobs.sink.DeadLetters;
import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.jobs.state.CodecType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncodePanesTest {

  private static final Series SERIES = Series.of("model", "1", "shared");
  private static final float[] LIVE = {3, 4};
  private static final float[] REFERENCE = {0, 0, 2};

  private OneInputStreamOperatorTestHarness<PaneSample, PairedPane> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(
                new EncodePanes(
                    ReferenceSettings.attached("shared"),
                    new SliceSettings(List.of("tenant"), 2, 1))));
    harness.setup(
        CodecType.of(PairedPaneCodec.INSTANCE).createSerializer(new SerializerConfigImpl()));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static byte[] event(float[] live, float[] reference) {
    return event(live, "shared", reference);
  }

  private static byte[] event(float[] live, String referenceId, float[] reference) {
    return EventCodec.encode(
        EmbeddingEvent.of("model", "1", WireVector.of(live), new InputKey(0, 0))
            .withReference(referenceId, WireVector.of(reference)));
  }

  private static byte[] withoutReference(float[] live) {
    return EventCodec.encode(
        EmbeddingEvent.of("model", "1", WireVector.of(live), new InputKey(0, 0)));
  }

  private static InputKey key(int number) {
    return new InputKey(7, number);
  }

  /**
   * The pane that a sample of these values becomes; the sample has 10 events of every other fate.
   */
  private PairedPane encode(byte[]... values) throws Exception {
    List<Kept<byte[]>> inputs = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      inputs.add(new Kept<>(i, key(i), 60_000 + i, "event-" + i, 0, values[i]));
    }
    EventCounts counts = new EventCounts(30 + values.length, 10, 10, 10, 0, 0);
    harness.processElement(new PaneSample(SERIES, 60_000, inputs, counts), 60_000);
    List<PairedPane> panes = harness.extractOutputValues();
    PairedPane pane = panes.get(panes.size() - 1);
    assertThat(pane.series().isSlice() || pane.counts().in() == counts.in()).isTrue();
    assertThat(pane.counts().scored()).isEqualTo(pane.pairs());
    return pane;
  }

  private List<OutRecord> deadLetters() {
    Queue<StreamRecord<OutRecord>> letters = harness.getSideOutput(LocalSample.DEAD_LETTERS);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  @Test
  void rowsComeInOrderOfTheSampleWithNormOne() throws Exception {
    PairedPane pane =
        encode(event(LIVE, REFERENCE), event(new float[] {-1e-30f, 0}, new float[] {3e38f, 0, 0}));

    assertThat(pane.series()).isEqualTo(SERIES);
    assertThat(pane.start()).isEqualTo(60_000);
    assertThat(pane.live()[0]).containsExactly(new float[] {0.6f, 0.8f}, within(1e-7f));
    assertThat(pane.live()[1]).containsExactly(-1, 0);
    assertThat(pane.reference()[0]).containsExactly(0, 0, 1);
    assertThat(pane.reference()[1]).containsExactly(1, 0, 0);
    assertThat(pane.counts()).isEqualTo(new EventCounts(32, 10, 10, 10, 0, 0));
    assertThat(pane.sampleDigest()).isEqualTo(SampleDigest.of(List.of(key(0), key(1))));
  }

  @Test
  void slicesFollowTheirPaneWithThePairsThatAreTheirs() throws Exception {
    byte[] unmatched =
        EventCodec.encode(
            EmbeddingEvent.of("model", "1", WireVector.of(LIVE), new InputKey(0, 0))
                .withAttributes(Map.of("tenant", "acme")));
    PairedPane last =
        encode(
            unmatched,
            ofTenant("acme"),
            ofTenant("zeta"),
            event(LIVE, REFERENCE),
            ofTenant("acme"));

    assertThat(last.series().slice()).isEqualTo("tenant=zeta");
    assertThat(harness.extractOutputValues())
        .extracting(pane -> pane.series().slice())
        .containsExactly("", "tenant=acme", "tenant=zeta");
    assertThat(harness.extractOutputValues().get(0).counts())
        .isEqualTo(new EventCounts(35, 10, 10, 10, 1, 0));
    assertThat(harness.extractOutputValues().get(1).keys()).containsExactly(key(1), key(4));
    assertThat(harness.extractOutputValues().get(1).counts())
        .isEqualTo(new EventCounts(2, 0, 0, 0, 0, 0));
  }

  private static byte[] ofTenant(String tenant) {
    return EventCodec.encode(
        EmbeddingEvent.of("model", "1", WireVector.of(LIVE), new InputKey(0, 0))
            .withReference("shared", WireVector.of(REFERENCE))
            .withAttributes(Map.of("tenant", tenant)));
  }

  @Test
  void aPaneMayBeEmpty() throws Exception {
    assertThat(encode().pairs()).isZero();
  }

  static Stream<byte[]> unmatched() {
    return Stream.of(
        withoutReference(LIVE),
        event(LIVE, "another", REFERENCE),
        event(LIVE, new float[] {0, 0, 0}),
        event(LIVE, new float[] {1, Float.NaN, 0}),
        event(LIVE, new float[] {1, Float.NEGATIVE_INFINITY, 0}),
        event(LIVE, new float[] {1, 2}));
  }

  @ParameterizedTest
  @MethodSource("unmatched")
  void anEventWithoutAUsableReferenceVectorIsUnmatchedAndHarmsNoOther(byte[] bad) throws Exception {
    PairedPane pane = encode(bad, event(LIVE, REFERENCE), event(LIVE, REFERENCE));

    assertThat(pane.pairs()).isEqualTo(2);
    assertThat(pane.counts()).isEqualTo(new EventCounts(33, 10, 10, 10, 1, 0));
    assertThat(pane.sampleDigest()).isEqualTo(SampleDigest.of(List.of(key(1), key(2))));
    assertThat(deadLetters()).isEmpty();
  }

  static Stream<byte[]> undecodable() {
    return Stream.of(
        new byte[0],
        new byte[] {1, 2, 3},
        event(new float[] {1, Float.NaN}, REFERENCE),
        event(new float[] {0, 0}, REFERENCE),
        event(new float[] {1, 2, 3}, REFERENCE));
  }

  @ParameterizedTest
  @MethodSource("undecodable")
  void anEventThatCannotBeUsedIsRejectedWithADeadLetterAndHarmsNoOther(byte[] bad)
      throws Exception {
    PairedPane pane = encode(bad, event(LIVE, REFERENCE), event(LIVE, REFERENCE));

    assertThat(pane.pairs()).isEqualTo(2);
    assertThat(pane.counts()).isEqualTo(new EventCounts(33, 10, 10, 10, 0, 1));
    assertThat(deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.key()).isEqualTo(key(0).toBytes());
              assertThat(letter.value()).isEqualTo(bad);
              assertThat(letter.headers()).containsEntry("ce_id", "event-0");
            });
  }

  @Test
  void aPanesWidthIsThatOfMostOfItsEvents() throws Exception {
    PairedPane pane =
        encode(
            event(new float[] {1, 2, 3}, REFERENCE),
            event(LIVE, REFERENCE),
            event(LIVE, REFERENCE));

    assertThat(pane.live()[0]).hasSize(2);
    assertThat(deadLetters())
        .singleElement()
        .satisfies(
            letter ->
                assertThat(letter.headers())
                    .containsEntry(DeadLetters.REASON, "width-changed")
                    .containsEntry(
                        DeadLetters.DETAIL, "expected 2 elements as in the pane, got 3"));
  }

  @Test
  void ofTwoEquallyFrequentWidthsTheFirstInHashOrderStays() throws Exception {
    PairedPane pane =
        encode(event(new float[] {1, 2, 3}, REFERENCE), event(LIVE, new float[] {1, 1}));

    assertThat(pane.live()).hasDimensions(1, 3);
    assertThat(pane.counts().rejected()).isEqualTo(1);
  }
}
