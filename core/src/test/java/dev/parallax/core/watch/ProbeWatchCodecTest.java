package dev.parallax.core.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.drift.Provenance;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.core.probe.ProbeAttributes;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PaneLength;
import dev.parallax.core.window.Series;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of version 1, of a watch that learns and of one that has learnt. */
class ProbeWatchCodecTest {

  private static final int PROBES = 8;

  /** A cycle that is whole, or half of one; entries are multiples of 1/8. */
  private static List<ProbeAnswer> answers(long cycle, int count) {
    List<ProbeAnswer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      InputKey key = new InputKey(1, i);
      EmbeddingEvent event =
          new EmbeddingEvent(
              "model",
              "1",
              WireVector.of(new float[] {1 + i / 8f, (i * cycle % 5) / 1024f}),
              Optional.of(key),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Map.of(
                  ProbeAttributes.SET,
                  "menge\u00df",
                  ProbeAttributes.CYCLE,
                  Long.toString(cycle),
                  ProbeAttributes.COUNT,
                  Integer.toString(PROBES)),
              true);
      answers.add(ProbeAnswer.of(event, key).orElseThrow());
    }
    return answers;
  }

  private static ProbeWatchState state(String phase) {
    ProbeWatch watch =
        new ProbeWatch(
            new PaneLength(Duration.ofMinutes(1)),
            0.015,
            new Provenance("1", "config", "reference", "graph", "cpu", "ort", "isa", 7));
    ProbeWatchState state = ProbeWatchState.EMPTY;
    int cycles = phase.equals("learning") ? 1 : 3;
    for (int cycle = 1; cycle <= cycles + 1; cycle++) {
      List<ProbeAnswer> answers = answers(cycle, cycle <= cycles ? PROBES : PROBES / 2);
      state =
          watch
              .next(
                  state,
                  new ProbePane(
                      Series.of("model", "1", "shared").probes(),
                      cycle * 60_000L,
                      answers,
                      EventCounts.NONE))
              .state();
    }
    assertThat(state.baseline().isPresent()).isEqualTo(phase.equals("armed"));
    assertThat(state.open()).isPresent();
    return state;
  }

  private static byte[] bytes(ProbeWatchState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProbeWatchCodec.write(state, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ProbeWatchState read(byte[] bytes) throws IOException {
    return ProbeWatchCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"learning", "armed"})
  void bytesOfVersionOneAreReadAndWrittenAsTheyWere(String phase) throws IOException {
    String name = "probe-watch-v1-" + phase + ".bin";
    Path out = Files.createDirectories(Path.of("target/golden")).resolve(name);
    Files.write(out, bytes(state(phase)));
    try (InputStream in = getClass().getResourceAsStream("/golden/" + name)) {
      assertThat(in)
          .as("if the change is meant: cp %s src/test/resources/golden/", out)
          .isNotNull();
      byte[] golden = in.readAllBytes();
      assertThat(bytes(state(phase))).isEqualTo(golden);
      assertThat(bytes(read(golden))).isEqualTo(golden);
    }
  }

  @Test
  void otherVersionsAndBytesThatAreCutAreRefused() throws IOException {
    byte[] later = bytes(state("armed"));
    for (int length = 0; length < later.length; length++) {
      byte[] cut = Arrays.copyOf(later, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
    }
    later[0] = 2;

    assertThatThrownBy(() -> read(later))
        .isInstanceOf(IOException.class)
        .hasMessage("probe watch: expected version 1, got 2");
  }
}
