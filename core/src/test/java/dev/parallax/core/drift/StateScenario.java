package dev.parallax.core.drift;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.PlainTranslationKernel;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.PaneLength;
import dev.parallax.core.window.Series;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A small series whose states, one of every phase, are kept as golden bytes. {@link #main} writes
 * the files of a new version into the directory that it is given; files of released versions stay
 * as they are.
 */
final class StateScenario {

  private static TrackerSettings settings(ArmingRule arming) {
    return new TrackerSettings(
        new PaneLength(Duration.ofMinutes(1)),
        3,
        4,
        2,
        2,
        2,
        0.1,
        0.05,
        0.001,
        100,
        Duration.ofMinutes(2),
        7,
        arming);
  }

  private static final SeriesTracker TRACKER =
      new SeriesTracker(
          settings(ArmingRule.OF_ANY_LENGTH), new PlainTranslationKernel(), Follower.PROVENANCE);

  /** One whose baselines wait for a person. */
  private static final SeriesTracker ASKING =
      new SeriesTracker(
          settings(new ArmingRule(ArmingRule.Mode.REQUIRED, 2)),
          new PlainTranslationKernel(),
          Follower.PROVENANCE);

  private StateScenario() {}

  static SeriesTracker tracker() {
    return TRACKER;
  }

  /** Pairs whose entries are multiples of 1/8, so that their bytes are easily told. */
  static PairedPane pane(int index, int pairs) {
    float[][] live = new float[pairs][3];
    float[][] reference = new float[pairs][2];
    for (int i = 0; i < pairs; i++) {
      reference[i] = new float[] {(i % 3) / 8f, ((i + index) % 5) / 8f};
      live[i] = new float[] {reference[i][0], reference[i][1] - 0.5f, ((i * index) % 4) / 8f};
    }
    return new PairedPane(
        new Series("modèle", "1", "reference", "lang=fr"),
        1_800_000_000_000L + index * 60_000L,
        IntStream.range(0, pairs).mapToObj(i -> new InputKey(index, i)).toList(),
        live,
        ones(pairs),
        reference,
        new EventCounts(pairs, 0, 0, 0, 0, 0));
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  static MiniBatchMoments moments(int index) {
    return MiniBatchMoments.none()
        .plus(new HsicTriple(0.5, 1, 0.5 + index))
        .plus(new HsicTriple(0.25, 0.5, 1));
  }

  static SeriesTracker.Step next(@Nullable SeriesState state, int index, int pairs) {
    return TRACKER.next(state, pane(index, pairs), moments(index));
  }

  /** A state of every phase, by the name of its file. */
  static Map<String, SeriesState> states() {
    Map<String, SeriesState> states = new LinkedHashMap<>();
    SeriesState state = next(null, 0, 3).state();
    states.put("nothing", state);
    state = next(state, 1, 9).state();
    states.put("fitting", state);
    state = next(state, 2, 9).state();
    states.put("hold-out-empty", state);
    state = next(state, 3, 9).state();
    states.put("hold-out", state);
    states.put("collected", ASKING.next(state, pane(4, 9), moments(4)).state());
    state = next(state, 4, 9).state();
    states.put("armed", state);
    state = next(state, 5, 9).state();
    states.put("tested", state);
    states.put("silent", TRACKER.silence(state, BaselineHistory.NONE).state());
    return states;
  }

  static byte[] bytes(SeriesState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      SeriesStateCodec.write(state, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  static SeriesState read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      SeriesState state = SeriesStateCodec.read(in);
      if (in.read() != -1) {
        throw new IOException("bytes are left over");
      }
      return state;
    }
  }

  /** Writes {@code series-state-v1-<phase>.bin} of every phase. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, SeriesState> state : states().entrySet()) {
      Files.write(
          Path.of(args[0], "series-state-v1-" + state.getKey() + ".bin"), bytes(state.getValue()));
    }
  }
}
