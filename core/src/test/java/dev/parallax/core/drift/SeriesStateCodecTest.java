package dev.parallax.core.drift;

import static dev.parallax.core.drift.Follower.BASELINE_PANES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.drift.SyntheticWorld.Fault;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesStateCodecTest {

  private static byte[] golden(String phase) throws IOException {
    try (InputStream in =
        SeriesStateCodecTest.class.getResourceAsStream(
            "/golden/series-state-v1-" + phase + ".bin")) {
      if (in == null) {
        throw new IOException("no golden bytes of " + phase);
      }
      return in.readAllBytes();
    }
  }

  @Test
  void aTrackerThatRereadsItsStateAfterEveryPaneWritesTheSameScores() throws IOException {
    SyntheticWorld world = new SyntheticWorld(4);
    Follower kept = new Follower();
    Follower reread = new Follower();
    for (int i = 0; i < BASELINE_PANES + 30; i++) {
      Fault fault =
          i < BASELINE_PANES + 10 ? Fault.NONE : i < BASELINE_PANES + 18 ? Fault.STALE : Fault.NONE;
      // A gap in every phase; 12 panes of silence each.
      int index = i + 12 * (i / 10);
      kept.next(world.faulty(index, fault));
      reread.next(world.faulty(index, fault));
      byte[] bytes = StateScenario.bytes(reread.state());
      reread.restore(StateScenario.read(bytes));

      assertThat(StateScenario.bytes(reread.state())).isEqualTo(bytes);
    }

    assertThat(reread.written()).isEqualTo(kept.written());
    assertThat(reread.verdicts())
        .contains(Verdict.WARMING, Verdict.HEALTHY, Verdict.PAIRING_FAULT, Verdict.SILENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "fitting",
        "hold-out-empty",
        "hold-out",
        "collected",
        "armed",
        "tested",
        "silent"
      })
  void bytesOfVersion1AreReadAndWrittenAsTheyWere(String phase) throws IOException {
    byte[] bytes = golden(phase);
    SeriesState read = StateScenario.read(bytes);
    SeriesState computed = StateScenario.states().get(phase);

    assertThat(StateScenario.bytes(read)).isEqualTo(bytes);
    assertThat(read.series()).isEqualTo(computed.series());
    assertThat(read.lastPaneEnd()).isEqualTo(computed.lastPaneEnd());
    assertThat(read.silent()).isEqualTo(computed.silent());
    assertThat(read.window()).hasSameSizeAs(computed.window());
    assertThat(read.learning().map(Learning::getClass).orElse(null))
        .isEqualTo(computed.learning().map(Learning::getClass).orElse(null));
    assertThat(read.learning().map(Learning::panes))
        .isEqualTo(computed.learning().map(Learning::panes));
    assertThat(StateScenario.next(read, 20, 9).assessments().get(0).score().series())
        .isEqualTo(computed.series());
  }

  @Test
  void whatIsComputedTodayIsWhatWasComputedWhenTheBytesWereKept() throws IOException {
    for (Map.Entry<String, SeriesState> state : StateScenario.states().entrySet()) {
      assertThat(StateScenario.bytes(state.getValue()))
          .as(state.getKey())
          .isEqualTo(golden(state.getKey()));
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 2, -1})
  void anUnknownVersionIsRefused(byte version) throws IOException {
    byte[] bytes = golden("armed");
    bytes[0] = version;

    assertThatThrownBy(() -> StateScenario.read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("series state: expected version 1, got " + version);
  }

  @Test
  void truncatedBytesAreRefused() throws IOException {
    byte[] bytes = golden("tested");
    for (int length = 0; length < bytes.length; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);

      assertThatThrownBy(() -> StateScenario.read(cut)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aStateIsBoundedHoweverLongASeriesIsFollowed() throws IOException {
    SyntheticWorld world = new SyntheticWorld(5);
    Follower follower = Follower.armed(world);
    for (int i = 0; i < 20; i++) {
      follower.next(world.healthy(BASELINE_PANES + i));
    }
    int size = StateScenario.bytes(follower.state()).length;
    for (int i = 20; i < 60; i++) {
      follower.next(world.healthy(BASELINE_PANES + i));
    }

    assertThat(StateScenario.bytes(follower.state())).hasSize(size);
    ByteArrayOutputStream baseline = new ByteArrayOutputStream();
    BaselineCodec.write(
        ((Learning.Armed) follower.state().learning().orElseThrow()).baseline(),
        new DataOutputStream(baseline));
    assertThat(size - baseline.size()).as("bytes beside the baseline").isLessThan(8_192);
  }
}
