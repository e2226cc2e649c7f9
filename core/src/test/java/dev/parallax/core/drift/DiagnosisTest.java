package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Diagnosis.Cause;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks the decision table on a baseline whose residual is 0.2, that of mixed-up pairs 0.8, CKA 0.8
 * and dimensions 50, over ten panes so that differences beyond the margins are certain.
 */
class DiagnosisTest {

  private static final int PANES = 10;

  private static Readings readings() {
    return HandMade.healthy();
  }

  private static Symptoms symptoms(Readings readings) {
    return new Symptoms(
        HandMade.baseline(), HandMade.RESIDUAL, Collections.nCopies(PANES, readings));
  }

  private static Diagnosis of(Readings readings) {
    return Diagnosis.of(symptoms(readings));
  }

  /** What a share of mixed-up pairs does: few of them leave the median where it was. */
  private static Readings misJoined(double share) {
    return readings()
        .with(Reading.RESIDUAL, (1 - share) * HandMade.RESIDUAL + share * HandMade.SHUFFLED)
        .with(Reading.CKA, 0.8 * (1 - share) * (1 - share));
  }

  /** What a rotation does: the translation is worthless, and nothing else shows it. */
  private static Readings rotated() {
    return readings().with(Reading.RESIDUAL, 1.4).with(Reading.OFFSET, 0.4);
  }

  private static Readings rescaled() {
    return readings().with(Reading.LOG_NORM, 3.5);
  }

  private static Readings collapsed() {
    return readings()
        .with(Reading.DIMENSIONS, 10)
        .with(Reading.RESIDUAL, 0.5)
        .with(Reading.CKA, 0.4);
  }

  private static Arguments is(String story, Verdict verdict, Readings readings) {
    return Arguments.of(story, verdict, readings);
  }

  static Stream<Arguments> table() {
    Verdict collapse = Verdict.COLLAPSED;
    Verdict rotation = Verdict.ROTATED;
    Verdict misJoin = Verdict.PAIRING_FAULT;
    Verdict change = Verdict.DIVERGED;
    return Stream.of(
        // Collapse: fewer than a third of the dimensions.
        is("a plane is left", collapse, collapsed()),
        is("just below a third", collapse, readings().with(Reading.DIMENSIONS, 16.6)),
        is("just above a third", change, collapsed().with(Reading.DIMENSIONS, 16.7)),
        is("collapse before scale", collapse, rescaled().with(Reading.DIMENSIONS, 10)),
        is("collapse before mis-join", collapse, misJoined(0.2).with(Reading.DIMENSIONS, 10)),
        is("collapse before rotation", collapse, rotated().with(Reading.DIMENSIONS, 10)),
        is(
            "a collapse that other traffic goes with",
            collapse,
            collapsed().with(Reading.TRAFFIC, 0.05)),

        // Scale: norms moved alone.
        is("twelve times as long", rotation, rescaled()),
        is("a third as long", rotation, readings().with(Reading.LOG_NORM, -0.1)),
        is("norms within their margin", change, readings().with(Reading.LOG_NORM, 1.09)),
        is(
            "norms and residual",
            change,
            rescaled().with(Reading.RESIDUAL, 0.24).with(Reading.CKA, 0.6)),
        is("norms and a small offset", rotation, rescaled().with(Reading.OFFSET, 0.0058)),
        is("norms and an offset of 3%", change, rescaled().with(Reading.OFFSET, 0.0062)),
        is("norms and mixed-up pairs", misJoin, misJoined(0.2).with(Reading.LOG_NORM, 3.5)),

        // Mixed-up pairs: by the same share whichever way it is measured.
        is("a share of 5%", misJoin, misJoined(0.05)),
        is("a share of 20%", misJoin, misJoined(0.2)),
        is("a share of 60%", misJoin, misJoined(0.6).with(Reading.RESIDUAL_MEDIAN, 0.5)),
        is("all of them", misJoin, misJoined(1).with(Reading.RESIDUAL_MEDIAN, 0.75)),
        is(
            "more than all of them by chance",
            misJoin,
            misJoined(1)
                .with(Reading.RESIDUAL, 0.2 + 1.19 * 0.6)
                .with(Reading.RESIDUAL_MEDIAN, 0.85)),
        is(
            "far more than all of them",
            change,
            misJoined(1).with(Reading.RESIDUAL, 0.2 + 1.31 * 0.6)),
        is("the least share", misJoin, misJoined(0.006)),
        is("less than the least share", change, misJoined(0.004)),
        is("CKA says as much again", change, misJoined(0.2).with(Reading.CKA, 0.8 * 0.36)),
        is("CKA says 24%", misJoin, misJoined(0.2).with(Reading.CKA, 0.8 * 0.76 * 0.76)),
        is("CKA says 26%", change, misJoined(0.2).with(Reading.CKA, 0.8 * 0.74 * 0.74)),
        is(
            "CKA holds",
            change,
            misJoined(0.2).with(Reading.CKA, 0.8).with(Reading.MUTUAL_KNN, 0.3)),
        is("an offset below 3%", misJoin, misJoined(0.2).with(Reading.OFFSET, 0.0058)),
        is("an offset of 3%", change, misJoined(0.2).with(Reading.OFFSET, 0.0062)),
        is("live vectors that moved", change, misJoined(0.2).with(Reading.LIVE_LENGTH, 0.32)),
        is(
            "live vectors that moved with the traffic",
            misJoin,
            misJoined(0.2).with(Reading.LIVE_LENGTH, 0.315).with(Reading.TRAFFIC, 0.05)),
        is("a tenth of the dimensions gone", misJoin, misJoined(0.2).with(Reading.DIMENSIONS, 45)),
        is("a sixth of the dimensions gone", change, misJoined(0.2).with(Reading.DIMENSIONS, 42)),
        is("a sixth more dimensions", change, misJoined(0.2).with(Reading.DIMENSIONS, 58)),
        is(
            "few, of which the median knows little",
            misJoin,
            misJoined(0.2).with(Reading.RESIDUAL_MEDIAN, 0.15 + 0.49 * 0.12)),
        is(
            "few, and the median rose as much",
            change,
            misJoined(0.2).with(Reading.RESIDUAL_MEDIAN, 0.15 + 0.51 * 0.12)),
        is(
            "so many that the median must rise",
            misJoin,
            misJoined(0.31).with(Reading.RESIDUAL_MEDIAN, 0.5)),
        is(
            "mis-join before rotation",
            misJoin,
            misJoined(0.2).with(Reading.RESIDUAL, 0.32).with(Reading.CKA, 0.8 * 0.64)),

        // Rotation: broken, and nothing that coordinates do not matter to has moved.
        is("another basis", rotation, rotated()),
        is("half again the residual", rotation, readings().with(Reading.RESIDUAL, 0.301)),
        is("less than half again", change, readings().with(Reading.RESIDUAL, 0.299)),
        is("an offset of half the residual", rotation, readings().with(Reading.OFFSET, 0.101)),
        is("an offset of less", change, readings().with(Reading.OFFSET, 0.099)),
        is("CKA moved", change, rotated().with(Reading.CKA, 0.75)),
        is("CKA moved upwards", change, rotated().with(Reading.CKA, 0.85)),
        is("CKA within its margin", rotation, rotated().with(Reading.CKA, 0.785)),
        is("neighbourhoods moved", change, rotated().with(Reading.MUTUAL_KNN, 0.45)),
        is("the common direction moved", change, rotated().with(Reading.MEAN_LENGTH, 0.02)),
        is(
            "CKA moved as far as other traffic moves it",
            rotation,
            rotated().with(Reading.CKA, 0.75).with(Reading.TRAFFIC, 0.05)),
        is("a rotation that changes lengths too", rotation, rotated().with(Reading.LOG_NORM, 3.5)),

        // Whatever is left.
        is("nothing that has a name", change, readings()),
        is(
            "a bit of everything",
            change,
            readings()
                .with(Reading.RESIDUAL, 0.26)
                .with(Reading.CKA, 0.7)
                .with(Reading.RESIDUAL_MEDIAN, 0.21)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("table")
  void theFirstCauseWhoseConditionHoldsIsTheVerdict(
      String story, Verdict verdict, Readings readings) {
    assertThat(of(readings).verdict()).as(story).isEqualTo(verdict);
  }

  @Test
  void aBaselineWithoutTheFiguresThatTellCausesApartDiverges() {
    Baseline bare =
        HandMade.baseline(
            Map.of(Reading.RESIDUAL, new HealthyRange(HandMade.RESIDUAL, 0.002, 20)), List.of());
    Readings now = readings().with(Reading.RESIDUAL, 0.25);

    assertThat(Diagnosis.of(new Symptoms(bare, HandMade.RESIDUAL, List.of(now))).verdict())
        .isEqualTo(Verdict.DIVERGED);
  }

  @Test
  void causesAreTriedInAnOrderInWhichEachOneNamesItsVerdict() {
    assertThat(Arrays.stream(Cause.values()).map(Cause::verdict))
        .containsExactly(
            Verdict.COLLAPSED,
            Verdict.ROTATED,
            Verdict.PAIRING_FAULT,
            Verdict.ROTATED,
            Verdict.DIVERGED);
  }

  @Test
  void theFirstReasonIsWhatPaged() {
    assertThat(of(rotated()).reasons().get(0))
        .isEqualTo(
            "translation residual 7.000 of its baseline, systematic part 2.000, over 10 panes");
  }

  @Test
  void eachCauseSaysWhichFiguresLedToIt() {
    assertThat(of(collapsed()).reasons())
        .contains("participation ratio moved: at 10.00, 50.00 on the baseline");
    assertThat(of(rescaled()).reasons())
        .contains("vectors are 12.2 times as long before normalising");
    assertThat(of(misJoined(0.2)).reasons())
        .contains("20.0% of the answers belong to other inputs by the residual, 20.0% by CKA");
    assertThat(of(rotated()).reasons())
        .contains(
            "CKA holds: at 0.8000, 0.8000 on the baseline",
            "neighbourhood overlap holds: at 0.5000, 0.5000 on the baseline",
            "common direction holds: at 0.01000, 0.01000 on the baseline");
  }

  @Test
  void otherTrafficIsMentionedWhereThereIsSome() {
    assertThat(of(rotated()).reasons()).noneMatch(reason -> reason.contains("traffic"));
    assertThat(of(rotated().with(Reading.TRAFFIC, 0.05)).reasons())
        .last()
        .asString()
        .startsWith("traffic moved: at 0.05000")
        .endsWith("which does not explain it");
  }
}
