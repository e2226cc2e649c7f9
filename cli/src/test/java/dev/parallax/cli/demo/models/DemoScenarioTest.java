package dev.parallax.cli.demo.models;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.demo.traffic.PlannedEvent;
import dev.parallax.cli.demo.traffic.TrafficPlan;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.cli.demo.traffic.WordNetCorpus;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.embedding.InputKeyHasher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DemoScenarioTest {

  private static final WordNetCorpus CORPUS = WordNetCorpus.load();
  private static final TrafficShape SHAPE = TrafficShape.of(1, Duration.ofSeconds(8), 60);

  private static DemoScenario with(FaultKind fault) {
    return new DemoScenario(Optional.of(fault));
  }

  private static DemoInputs inputs(DemoScenario scenario) {
    return scenario.inputs(CORPUS, 1, new InputKeyHasher(new byte[16]));
  }

  /** The events of the model that breaks, in the first pane after it broke. */
  private static List<PlannedEvent> broken(FaultKind fault) {
    DemoScenario scenario = with(fault);
    return regular(scenario.plan(SHAPE, inputs(scenario)), e -> e.model() == scenario.broken());
  }

  private static List<PlannedEvent> regular(TrafficPlan plan, Predicate<PlannedEvent> which) {
    long start = SHAPE.startOf(SHAPE.faultPane());
    long end = SHAPE.startOf(SHAPE.faultPane() + 1);
    return List.of(plan.interval(SHAPE.faultPane()), plan.interval(SHAPE.faultPane() + 1)).stream()
        .flatMap(List::stream)
        .filter(e -> e.kind() == PlannedEvent.Kind.REGULAR)
        .filter(e -> e.timeMillis() >= start && e.timeMillis() < end)
        .filter(which)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "TRUNCATION, support-router, product-matcher",
    "MISSING_PREFIX, product-matcher, support-router",
    "NEW_LANGUAGE, support-router,",
  })
  void oneModelBreaksAndTheTrafficOfAnotherShifts(FaultKind fault, String broken, String shifted) {
    DemoScenario scenario = with(fault);

    assertThat(DemoFleet.names().get(scenario.broken())).isEqualTo(broken);
    assertThat(scenario.happensTo(scenario.broken())).contains(fault);
    assertThat(scenario.shifted().stream().mapToObj(DemoFleet.names()::get).findFirst())
        .isEqualTo(Optional.ofNullable(shifted));
    assertThat(scenario.happensTo(0)).isEmpty();
  }

  @Test
  void nothingHappensInAQuietDemo() {
    assertThat(DemoScenario.QUIET.shifted()).isEmpty();
    assertThat(DemoScenario.QUIET.happensTo(DemoFleet.BROKEN)).isEmpty();
  }

  @Test
  void aDemoCannotShowWhatItHasNotGot() {
    assertThat(DemoScenario.faults())
        .hasSize(FaultKind.values().length - 2)
        .doesNotContain(FaultKind.WRONG_VERSION, FaultKind.TRAFFIC_DIV10);
  }

  @Test
  void shiftedTrafficIsAsMuchAsBeforeAndOfOtherTopics() {
    DemoScenario scenario = with(FaultKind.TRUNCATION);
    DemoInputs inputs = inputs(scenario);
    TrafficPlan plan = scenario.plan(SHAPE, inputs);
    List<PlannedEvent> shifted = regular(plan, e -> e.model() == DemoFleet.PREFIXED);

    assertThat(shifted).hasSize(TrafficShape.INPUTS_PER_PANE);
    assertThat(shifted)
        .allSatisfy(e -> assertThat(inputs.text(e.text()).domain()).startsWith("noun."));
    assertThat(regular(plan, e -> e.model() == 0))
        .anySatisfy(e -> assertThat(inputs.text(e.text()).domain()).startsWith("verb."));
  }

  @ParameterizedTest
  @EnumSource(names = {"STALE_ANSWERS_20", "MIS_JOINED"})
  void aBrokenStreamAnswersWithVectorsOfOtherInputs(FaultKind fault) {
    List<PlannedEvent> events = broken(fault);

    assertThat(events).hasSize(TrafficShape.INPUTS_PER_PANE);
    assertThat(events.stream().filter(e -> e.answerText() != e.text()).count())
        .isBetween(80L, 260L);
  }

  @Test
  void volumesChangeAndInputsStayDistinct() {
    assertThat(broken(FaultKind.TRAFFIC_X10).stream().map(PlannedEvent::text))
        .hasSize(10 * TrafficShape.INPUTS_PER_PANE)
        .doesNotHaveDuplicates();
    assertThat(broken(FaultKind.NO_EVENTS)).isEmpty();
  }

  /** More inputs and not only more requests would be a change of traffic, not of its volume. */
  @Test
  void theInputsThatTenTimesTheTrafficAsksAboutWereAskedAboutBefore() {
    DemoScenario scenario = with(FaultKind.TRAFFIC_X10);
    TrafficPlan plan = scenario.plan(SHAPE, inputs(scenario));

    assertThat(plan.texts(scenario.broken(), SHAPE.faultPane()))
        .isEqualTo(plan.texts(scenario.broken(), 0))
        .hasSizeGreaterThan(10 * TrafficShape.INPUTS_PER_PANE);
  }

  @Test
  void aNewRegionAsksInGermanAndOnlyThere() {
    DemoScenario scenario = with(FaultKind.NEW_LANGUAGE);
    DemoInputs inputs = inputs(scenario);
    Set<String> domains =
        broken(FaultKind.NEW_LANGUAGE).stream()
            .map(e -> inputs.text(e.text()).domain())
            .collect(toSet());

    assertThat(domains).containsExactly("names.german");
    assertThat(regular(scenario.plan(SHAPE, inputs), e -> e.model() != scenario.broken()))
        .noneMatch(e -> inputs.text(e.text()).domain().equals("names.german"));
  }
}
