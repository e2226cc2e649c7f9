package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.PlainTranslationKernel;
import dev.parallax.core.window.PairedPane;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineCodecTest {

  private static final SyntheticWorld WORLD = new SyntheticWorld(11);
  private static final Baseline LEARNT = learnt();

  private static Baseline learnt() {
    Learning learning = Follower.armed(WORLD).state().learning().orElseThrow();
    return ((Learning.Armed) learning).baseline();
  }

  private static byte[] bytes(Baseline baseline) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BaselineCodec.write(baseline, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Baseline read(byte[] bytes) throws IOException {
    return BaselineCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  @Test
  void whatWasWrittenIsReadWholeAndWritesTheSameBytes() throws IOException {
    byte[] bytes = bytes(LEARNT);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));

    Baseline restored = BaselineCodec.read(in);

    assertThat(in.available()).isZero();
    assertThat(bytes(restored)).isEqualTo(bytes);
  }

  @Test
  void everyPartComesBack() throws IOException {
    Baseline restored = read(bytes(LEARNT));

    assertThat(restored.id()).isEqualTo(LEARNT.id());
    assertThat(restored.ranges()).isEqualTo(LEARNT.ranges()).hasSizeGreaterThan(10);
    assertThat(restored.holdOut()).isEqualTo(LEARNT.holdOut()).hasSize(Follower.HOLD_OUT_PANES);
    assertThat(restored.shuffledResidual()).isEqualTo(LEARNT.shuffledResidual());
    assertThat(restored.leverage()).isEqualTo(LEARNT.leverage());
    assertThat(restored.moments().toArray()).isEqualTo(LEARNT.moments().toArray());
    assertThat(restored.panes()).isEqualTo(LEARNT.panes());
    assertThat(restored.residuals().sum(0)).isEqualTo(LEARNT.residuals().sum(0));
    assertThat(restored.space().basis().axes()).isDeepEqualTo(LEARNT.space().basis().axes());
  }

  @Test
  void aRestoredBaselineReadsAPaneToTheLastBitAsBefore() throws IOException {
    PairedPane pane = WORLD.faulty(90, SyntheticWorld.Fault.NOISE);
    MiniBatchMoments moments = SyntheticWorld.moments(pane);
    PaneReader reader = new PaneReader(new PlainTranslationKernel());
    Baseline restored = read(bytes(LEARNT));

    Readings before = LEARNT.adjusted(reader.read(LEARNT.space(), pane, moments));
    Readings after = restored.adjusted(reader.read(restored.space(), pane, moments));

    assertThat(after).isEqualTo(before);
    assertThat(after.asMap()).hasSizeGreaterThan(10);
  }

  @Test
  void equalBaselinesHaveEqualBytesInWhateverOrderTheirRangesCame() throws IOException {
    Map<Reading, HealthyRange> ranges = new EnumMap<>(Reading.class);
    ranges.put(Reading.UNMATCHED, new HealthyRange(0.1, 0.01, 20));
    ranges.put(Reading.RESIDUAL, new HealthyRange(0.2, 0.02, 20));
    Map<Reading, HealthyRange> linked = new LinkedHashMap<>();
    linked.put(Reading.UNMATCHED, new HealthyRange(0.1, 0.01, 20));
    linked.put(Reading.RESIDUAL, new HealthyRange(0.2, 0.02, 20));

    assertThat(bytes(HandMade.baseline(linked, LEARNT.holdOutReadings())))
        .isEqualTo(bytes(HandMade.baseline(ranges, LEARNT.holdOutReadings())));
  }

  @Test
  void aVersionThatIsNotKnownIsRefused() throws IOException {
    byte[] bytes = bytes(LEARNT);
    bytes[0]++;

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("baseline: expected version 1, got 2");
  }

  @Test
  void bytesThatEndTooSoonAreRefused() throws IOException {
    byte[] bytes = bytes(LEARNT);

    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(EOFException.class);
  }
}
