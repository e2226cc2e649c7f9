package dev.parallax.core.fleet;

import static dev.parallax.core.fleet.FleetScenario.A;
import static dev.parallax.core.fleet.FleetScenario.CHANGE;
import static dev.parallax.core.fleet.FleetScenario.PANE;
import static dev.parallax.core.fleet.FleetScenario.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.Fleet.Outcome;
import dev.parallax.core.window.Series;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FleetTest {

  private final FleetScenario fleet = new FleetScenario();

  private static Map<String, Verdict> verdicts(List<Outcome> outcomes) {
    return outcomes.stream()
        .collect(
            Collectors.toMap(
                o -> o.score().series().model() + o.score().series().slice(),
                o -> o.score().verdict()));
  }

  private static List<String> alerts(List<Outcome> outcomes) {
    return outcomes.stream()
        .flatMap(o -> o.alert().stream())
        .map(a -> a.score().series().model() + ": " + a.previous() + " " + a.score().verdict())
        .toList();
  }

  @Test
  void anAlarmPagesOnlyOnceTheFleetCanAffordIt() {
    fleet.with("a", A).with("b", 1).with("c", 1);
    List<Outcome> tooLittle = fleet.tick();
    assertThat(verdicts(tooLittle)).containsEntry("a", Verdict.HEALTHY);
    assertThat(alerts(tooLittle)).isEmpty();

    fleet.with("a", 3 * A).with("b", 1).with("c", 1);
    List<Outcome> outcomes = fleet.tick();
    assertThat(verdicts(outcomes))
        .isEqualTo(Map.of("a", Verdict.ROTATED, "b", Verdict.HEALTHY, "c", Verdict.HEALTHY));
    assertThat(outcomes.get(0).score().reasons()).containsExactly("it was turned");
    Alert alert = outcomes.get(0).alert().orElseThrow();
    assertThat(alert.previous()).isEqualTo(Verdict.HEALTHY);
    assertThat(alert.estimatedChange()).hasValue(CHANGE);
    assertThat(alert.score()).isSameAs(outcomes.get(0).score());
  }

  @Test
  void theThresholdOfTheTickIsStatedBesideTheEvidence() {
    fleet.with("a", 1).with("b", 1).with("c", Verdict.WARMING);
    List<Outcome> outcomes = fleet.tick();

    // The warming one does not count.
    assertThat(outcomes.get(0).score().figures().get(Figure.THRESHOLD_LOG10).orElseThrow())
        .isCloseTo(Math.log10(2 * A), within(1e-12));
    assertThat(outcomes.get(0).score().figures().get(Figure.EVIDENCE_LOG10)).hasValue(0);
    assertThat(outcomes.get(2).score().figures().get(Figure.THRESHOLD_LOG10)).isEmpty();
  }

  @Test
  void aUnitStaysFlaggedWhileItWouldPageAlone() {
    fleet.with("a", 2 * A).with("b", 1).tick();
    assertThat(verdicts(fleet.with("a", A).with("b", 1).tick()))
        .containsEntry("a", Verdict.ROTATED);
    List<Outcome> fallen = fleet.with("a", A - 1).with("b", 1).tick();
    assertThat(verdicts(fallen)).containsEntry("a", Verdict.HEALTHY);
    assertThat(alerts(fallen)).containsExactly("a: ROTATED HEALTHY");
    assertThat(fleet.state().flagged()).isEmpty();
    // From here on it needs again what a lone one of two needs.
    assertThat(verdicts(fleet.with("a", A).with("b", 1).tick()))
        .containsEntry("a", Verdict.HEALTHY);
  }

  @Test
  void aUnitIsJudgedByTheMeanOfItsSeriesAndEveryOneWithAnAlarmPages() {
    fleet.with(series("a", ""), 5).with(series("a", "de"), 2 * A).with(series("a", "fr"), 1);
    assertThat(verdicts(fleet.tick()))
        .containsValues(Verdict.HEALTHY)
        .doesNotContainValue(Verdict.ROTATED);

    fleet.with(series("a", ""), A).with(series("a", "de"), 2 * A).with(series("a", "fr"), 1);
    assertThat(verdicts(fleet.tick()))
        .isEqualTo(Map.of("a", Verdict.ROTATED, "ade", Verdict.ROTATED, "afr", Verdict.HEALTHY));
  }

  @Test
  void aSeriesWithoutAPaneStillWeighsInTheMeanOfItsUnit() {
    fleet.with(series("a", ""), 1).with(series("a", "de"), 1).tick();

    assertThat(verdicts(fleet.with(series("a", "de"), 2 * A - 2).tick()))
        .containsEntry("ade", Verdict.HEALTHY);
    assertThat(verdicts(fleet.with(series("a", "de"), 2 * A).tick()))
        .containsEntry("ade", Verdict.ROTATED);
  }

  @Test
  void aShadowIsJudgedAloneAndTakesNothingFromTheBudget() {
    fleet.with("a", 2 * A).with("b", 1).with("drill.a", A).with("drill.b", 1).with("drill.c", 1);
    List<Outcome> outcomes = fleet.tick();

    assertThat(verdicts(outcomes))
        .as("a needs twice A, as one of two")
        .containsEntry("a", Verdict.ROTATED)
        .containsEntry("drill.a", Verdict.ROTATED)
        .containsEntry("drill.b", Verdict.HEALTHY);
    assertThat(outcomes)
        .filteredOn(o -> o.score().series().model().startsWith("drill."))
        .allSatisfy(
            o ->
                assertThat(o.score().figures().get(Figure.THRESHOLD_LOG10).orElseThrow())
                    .isCloseTo(Math.log10(A), within(1e-12)));
  }

  @Test
  void shadowsThatMoveAtOnceAreNoCommonCauseAndJoinNone() {
    fleet.with("drill.a", A).with("drill.b", A).with("drill.c", A).with("a", 1);
    assertThat(verdicts(fleet.tick()))
        .containsEntry("drill.a", Verdict.ROTATED)
        .containsEntry("drill.c", Verdict.ROTATED);

    fleet.with("a", 9 * A).with("b", 9 * A).with("c", 9 * A).with("drill.d", A);
    List<Outcome> outcomes = fleet.tick();
    assertThat(verdicts(outcomes))
        .containsEntry("a", Verdict.REFERENCE_FAULT)
        .containsEntry("drill.d", Verdict.ROTATED);
    assertThat(outcomes.get(0).score().reasons().get(0))
        .isEqualTo("3 of 3 models moved at the same time: a/1, b/1, c/1");
  }

  @Test
  void probesSpeakForThemselvesWithADateAndWeighInNoMean() {
    fleet.with(series("a", ""), 1).with(series("a", "probe"), Verdict.HEALTHY).tick();
    fleet.with(series("a", ""), 1).with(series("a", "probe"), Verdict.ROTATED);
    List<Outcome> outcomes = fleet.tick();

    assertThat(verdicts(outcomes))
        .isEqualTo(Map.of("a", Verdict.HEALTHY, "aprobe", Verdict.ROTATED));
    assertThat(outcomes.get(1).alert().orElseThrow().estimatedChange()).hasValue(PANE);
  }

  @Test
  void versionsOfAModelAreUnitsOfTheirOwn() {
    fleet.with("a", 1);
    fleet.with(new Series("a", "2", "shared", ""), 2 * A);
    fleet.tick();

    assertThat(fleet.state().flagged()).containsOnlyKeys(new Unit("a", "2"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"WARMING", "SILENT", "INSUFFICIENT", "DEGENERATE"})
  void otherVerdictsPassThroughAndEveryChangeAlerts(Verdict verdict) {
    assertThat(alerts(fleet.with("a", verdict).tick())).isEmpty();
    assertThat(alerts(fleet.with("a", verdict).tick())).isEmpty();
    List<Outcome> healthy = fleet.with("a", 1).tick();
    assertThat(alerts(healthy)).containsExactly("a: " + verdict + " HEALTHY");
    assertThat(healthy.get(0).alert().orElseThrow().estimatedChange()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"DIVERGED", "REFERENCE_FAULT"})
  void aCalmVerdictThatSpeaksOfAChangeIsDatedByItsPane(Verdict verdict) {
    fleet.with("a", 1).tick();
    Outcome outcome = fleet.with("a", verdict).tick().get(0);

    assertThat(outcome.alert().orElseThrow().estimatedChange()).hasValue(PANE);
  }

  @Test
  void aSeriesThatPagesWhenItIsFirstSeenIsNews() {
    assertThat(alerts(fleet.with("a", A).tick())).containsExactly("a: HEALTHY ROTATED");
  }

  @Test
  void aFlaggedUnitThatFallsSilentIsFlaggedStillWhenItComesBack() {
    fleet.with("a", 2 * A).with("b", 1).tick();
    assertThat(alerts(fleet.with("a", Verdict.SILENT).with("b", 1).tick()))
        .containsExactly("a: ROTATED SILENT");
    assertThat(alerts(fleet.with("a", A).with("b", 1).tick())).containsExactly("a: SILENT ROTATED");
  }

  @Test
  void aSeriesThatLearnsAnewHasNoEvidence() {
    fleet.with("a", A).tick();
    assertThat(fleet.state().flagged()).hasSize(1);

    assertThat(alerts(fleet.with("a", Verdict.WARMING).tick()))
        .containsExactly("a: ROTATED WARMING");
    assertThat(fleet.state().flagged()).isEmpty();
  }

  @Test
  void whatIsLongSilentIsForgotten() {
    fleet.with("a", A).with("b", 1).tick();
    fleet.with("a", Verdict.SILENT).tick();
    for (int i = 1; i < 30; i++) {
      fleet.with("b", 1).tick();
      assertThat(fleet.state().series()).hasSize(2);
    }
    fleet.with("b", 1).tick();
    assertThat(fleet.state().series()).containsOnlyKeys(series("b", ""));
    assertThat(fleet.state().flagged()).isEmpty();

    for (int i = 0; i < 1_000; i++) {
      fleet.with("model-" + i, Verdict.SILENT).with("b", 1).tick();
    }
    assertThat(fleet.state().series()).hasSizeLessThan(35);
  }

  @Test
  void theOrderInWhichAssessmentsComeDoesNotMatter() {
    FleetScenario other = new FleetScenario();
    List<Outcome> outcomes = fleet.with("a", 1).with("b", 5 * A).with("c", 1).tick();

    assertThat(other.with("c", 1).with("b", 5 * A).with("a", 1).tick()).isEqualTo(outcomes);
    assertThat(outcomes).extracting(o -> o.score().series().model()).containsExactly("a", "b", "c");
    assertThat(other.state()).isEqualTo(fleet.state());
  }
}
