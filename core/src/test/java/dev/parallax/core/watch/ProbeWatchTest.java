package dev.parallax.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.core.probe.ProbeAttributes;
import dev.parallax.core.watch.ProbeWatch.Step;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PaneLength;
import dev.parallax.core.window.Series;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Panes of a minute, probes of 24 texts in 16 dimensions, tolerance 0.015. */
class ProbeWatchTest {

  private static final long PANE = 60_000;
  private static final int PROBES = 24;
  private static final int WIDTH = 16;
  private static final Series SERIES = Series.of("model", "1", "shared").probes();
  private static final float[][] MODEL = rows(1);

  private final ProbeWatch watch =
      new ProbeWatch(
          new PaneLength(Duration.ofMillis(PANE)),
          0.015,
          new Provenance("1", "config", "reference", "graph", "cpu", "ort", "isa", 7));
  private @Nullable ProbeWatchState state;
  private int pane;

  private static float[][] rows(long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[PROBES][WIDTH];
    for (float[] row : rows) {
      for (int j = 0; j < WIDTH; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  /** Every row moved by noise of about {@code share} of its length. */
  private static float[][] disturbed(float[][] rows, double share, long seed) {
    Random random = new Random(seed);
    float[][] moved = new float[rows.length][WIDTH];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < WIDTH; j++) {
        moved[i][j] = (float) (rows[i][j] + share * random.nextGaussian());
      }
    }
    return moved;
  }

  /** Turned by {@code radians} in every pair of coordinates. */
  private static float[][] turned(float[][] rows, double radians) {
    float[][] turned = new float[rows.length][WIDTH];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < WIDTH; j += 2) {
        float x = rows[i][j];
        float y = rows[i][j + 1];
        turned[i][j] = (float) (Math.cos(radians) * x - Math.sin(radians) * y);
        turned[i][j + 1] = (float) (Math.sin(radians) * x + Math.cos(radians) * y);
      }
    }
    return turned;
  }

  private static float[][] scaled(float[][] rows, float by) {
    float[][] scaled = new float[rows.length][WIDTH];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < WIDTH; j++) {
        scaled[i][j] = by * rows[i][j];
      }
    }
    return scaled;
  }

  private static List<ProbeAnswer> answers(String set, long cycle, float[][] rows) {
    List<ProbeAnswer> answers = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      InputKey key = new InputKey(0, i);
      Map<String, String> attributes =
          Map.of(
              ProbeAttributes.SET,
              set,
              ProbeAttributes.CYCLE,
              Long.toString(cycle),
              ProbeAttributes.COUNT,
              Integer.toString(rows.length));
      answers.add(ProbeAnswer.of(event(rows[i], key, attributes), key).orElseThrow());
    }
    return answers;
  }

  private static EmbeddingEvent event(float[] row, InputKey key, Map<String, String> attributes) {
    EmbeddingEvent plain = EmbeddingEvent.of("model", "1", WireVector.of(row), key);
    return new EmbeddingEvent(
        plain.model(),
        plain.modelVersion(),
        plain.vector(),
        plain.inputKey(),
        plain.inputText(),
        plain.inputTensor(),
        plain.reference(),
        attributes,
        true);
  }

  private Score next(List<ProbeAnswer> answers) {
    EventCounts counts = new EventCounts(answers.size(), 0, 0, 0, 0, 0);
    Step step = watch.next(state, new ProbePane(SERIES, PANE * pane++, answers, counts));
    state = step.state();
    assertThat(step.assessment().alarm()).isEmpty();
    return step.assessment().score();
  }

  private Score cycle(float[][] rows) {
    return next(answers("set", PANE * pane + 5, rows));
  }

  private void warmUp() {
    for (int i = 0; i < 3; i++) {
      assertThat(cycle(disturbed(MODEL, 0.001, i)).verdict()).isEqualTo(Verdict.WARMING);
    }
  }

  @Test
  void threeCyclesMakeABaselineAndTheSameModelIsHealthy() {
    assertThat(cycle(disturbed(MODEL, 0.001, 0)).reasons())
        .containsExactly("baseline: cycle 1 of 3");
    assertThat(cycle(disturbed(MODEL, 0.001, 1)).baseline()).isEmpty();
    assertThat(cycle(disturbed(MODEL, 0.001, 2)).baseline()).hasValue("set@120005");

    Score score = cycle(disturbed(MODEL, 0.001, 3));
    assertThat(score.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(score.reasons()).isEmpty();
    assertThat(score.series()).isEqualTo(SERIES);
    assertThat(score.pairs()).isEqualTo(PROBES);
    assertThat(score.counts().scored()).isEqualTo(PROBES);
    assertThat(score.figures().get(Figure.PROBE_COSINE_MIN).orElseThrow()).isGreaterThan(0.9999);
    assertThat(score.figures().get(Figure.ROTATION).orElseThrow()).isLessThan(0.001);
    assertThat(score.figures().get(Figure.EVIDENCE_LOG10)).isEmpty();
  }

  @Test
  void aCycleThatWasNeverWholeMakesNoBaseline() {
    next(answers("set", 5, MODEL).subList(0, PROBES / 2));

    assertThat(cycle(disturbed(MODEL, 0.001, 0)).reasons())
        .containsExactly("baseline: cycle 1 of 3");
  }

  @Test
  void aSwapIsDivergedInTheFirstCycleAndHealthyOnceItIsUndone() {
    warmUp();

    Score swapped = cycle(rows(99));
    assertThat(swapped.verdict()).isEqualTo(Verdict.DIVERGED);
    assertThat(swapped.reasons()).singleElement().asString().contains("no rotation explains it");
    assertThat(cycle(MODEL).verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 2})
  void aTurnIsRotatedInTheFirstCycleHoweverSmall(double radians) {
    warmUp();

    Score score = cycle(turned(MODEL, radians));
    assertThat(score.verdict()).isEqualTo(Verdict.ROTATED);
    assertThat(score.figures().get(Figure.ROTATION).orElseThrow())
        .isCloseTo(1 - Math.cos(radians), Assertions.within(0.01));
  }

  @Test
  void otherLengthsAreRotatedForStoredVectorsNoLongerCompare() {
    warmUp();

    Score score = cycle(scaled(MODEL, 3));
    assertThat(score.verdict()).isEqualTo(Verdict.ROTATED);
    assertThat(score.reasons())
        .singleElement()
        .asString()
        .containsPattern("lengths are (3.00|2.99)");
  }

  @Test
  void aDisturbanceWithinTheToleranceIsLetPassAndOneBeyondItIsNot() {
    warmUp();

    // Mean of 1 − cos about half of the squared share: 0.01 and 0.03.
    Score within = cycle(disturbed(MODEL, 0.14, 7));
    assertThat(within.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(within.reasons()).singleElement().asString().contains("let pass");
    assertThat(cycle(disturbed(MODEL, 0.25, 8)).verdict()).isEqualTo(Verdict.DIVERGED);
  }

  @Test
  void oneProbeThatIsFarOffIsNotLetPassByTheOthers() {
    warmUp();
    float[][] rows = disturbed(MODEL, 0.001, 9);
    rows[4] = scaled(MODEL, -1)[4];
    for (int j = 1; j < WIDTH; j++) {
      rows[4][j] = MODEL[4][j];
    }

    Score score = cycle(rows);
    assertThat(score.figures().get(Figure.PROBE_COSINE_MIN).orElseThrow()).isLessThan(0.94);
    assertThat(score.verdict()).isEqualTo(Verdict.DIVERGED);
  }

  @Test
  void aCycleMaySpanPanes() {
    warmUp();
    List<ProbeAnswer> answers = answers("set", PANE * pane + 5, rows(99));

    Score first = next(answers.subList(0, 10));
    assertThat(first.verdict()).as("as before").isEqualTo(Verdict.WARMING);
    assertThat(first.reasons()).containsExactly("10 of 24 probes of a cycle answered so far");
    assertThat(first.pairs()).isEqualTo(10);
    assertThat(next(answers.subList(10, PROBES)).verdict()).isEqualTo(Verdict.DIVERGED);
  }

  @Test
  void aCycleThatLacksAnswersIsComparedOnceTheNextBegins() {
    warmUp();
    next(answers("set", PANE * pane + 5, rows(99)).subList(0, 10));

    List<ProbeAnswer> later = answers("set", PANE * pane + 5, MODEL).subList(0, 3);
    Score score = next(later);
    assertThat(score.verdict()).isEqualTo(Verdict.DIVERGED);
    assertThat(score.reasons())
        .hasSize(2)
        .last()
        .asString()
        .isEqualTo("3 of 24 probes of a cycle answered so far");
    Score tooFew = cycle(MODEL);
    assertThat(tooFew.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void answersOfACycleThatIsOverChangeNothing() {
    warmUp();
    cycle(MODEL);

    Score late = next(answers("set", 7, rows(99)));
    assertThat(late.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(late.pairs()).isEqualTo(PROBES);
  }

  @Test
  void cyclesThatDoNotAgreeMakeNoBaseline() {
    cycle(MODEL);
    cycle(rows(99));
    Score score = cycle(rows(99));
    assertThat(score.verdict()).isEqualTo(Verdict.WARMING);
    assertThat(score.reasons()).singleElement().asString().contains("repeats of one build");

    assertThat(cycle(rows(99)).baseline()).isPresent();
    assertThat(cycle(rows(99)).verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void anotherSetBeginsAnew() {
    warmUp();
    assertThat(cycle(MODEL).verdict()).isEqualTo(Verdict.HEALTHY);

    Score score = next(answers("other", PANE * pane + 5, MODEL));
    assertThat(score.verdict()).isEqualTo(Verdict.WARMING);
    assertThat(score.baseline()).isEmpty();
  }

  @Test
  void vectorsOfAnotherWidthAreDiverged() {
    warmUp();
    float[][] narrow = new float[PROBES][];
    for (int i = 0; i < PROBES; i++) {
      narrow[i] = new float[] {1, i};
    }

    assertThat(cycle(narrow).verdict()).isEqualTo(Verdict.DIVERGED);
  }

  @Test
  void theOrderOfAnswersAndARestartChangeNothing() throws IOException {
    List<List<ProbeAnswer>> panes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      List<ProbeAnswer> answers =
          answers("set", i, i == 5 ? turned(MODEL, 1) : disturbed(MODEL, 0.001, i));
      panes.add(answers.subList(0, 11));
      panes.add(answers.subList(11, PROBES));
    }
    List<Score> expected = panes.stream().map(this::next).toList();
    assertThat(expected.get(11).verdict()).isEqualTo(Verdict.ROTATED);

    state = null;
    pane = 0;
    for (int i = 0; i < panes.size(); i++) {
      List<ProbeAnswer> shuffled = new ArrayList<>(panes.get(i));
      Collections.shuffle(shuffled, new Random(i));
      Score score = next(shuffled);
      assertThat(score.verdict()).isEqualTo(expected.get(i).verdict());
      assertThat(score.figures()).isEqualTo(expected.get(i).figures());
      assertThat(score.reasons()).isEqualTo(expected.get(i).reasons());
      state = copy(Objects.requireNonNull(state));
    }
  }

  private static ProbeWatchState copy(ProbeWatchState state) throws IOException {
    byte[] bytes = bytes(state);
    ProbeWatchState read =
        ProbeWatchCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    assertThat(bytes(read)).isEqualTo(bytes);
    return read;
  }

  private static byte[] bytes(ProbeWatchState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProbeWatchCodec.write(state, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "257", "many", "-9"})
  void anAnswerOfNoCycleIsNone(String count) {
    Map<String, String> attributes =
        Map.of(ProbeAttributes.SET, "set", ProbeAttributes.CYCLE, "5", "probe-count", count);

    InputKey key = new InputKey(0, 1);
    assertThat(ProbeAnswer.of(event(MODEL[0], key, attributes), key)).isEmpty();
  }
}
