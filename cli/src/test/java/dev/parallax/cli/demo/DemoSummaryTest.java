package dev.parallax.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.demo.models.DemoFleet;
import dev.parallax.cli.demo.models.DemoScenario;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.cli.demo.view.EventTotals;
import dev.parallax.cli.demo.view.FleetView;
import dev.parallax.cli.demo.view.Scores;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.drill.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {

  private static final EventTotals EVENTS = new EventTotals(1_110, 1_100, 870, 220, 10, 4, 6);
  private static final int PANES = 20;

  private final TrafficShape shape =
      new TrafficShape(1, TrafficShape.EPOCH, Duration.ofMinutes(1), PANES, 640);

  private List<String> lines(DemoScenario scenario, Verdict flag, int from, Verdict shifted) {
    return lines(scenario, flag, from, shifted, EVENTS);
  }

  private List<String> lines(
      DemoScenario scenario, Verdict flag, int from, Verdict shifted, EventTotals events) {
    FleetView fleet = new FleetView(DemoFleet.MODELS);
    for (int pane = 0; pane < PANES; pane++) {
      fleet.accept(Scores.reading(DemoFleet.MODELS.get(0), pane, Verdict.HEALTHY, 0.99));
      fleet.accept(
          Scores.reading(
              DemoFleet.MODELS.get(1),
              pane,
              pane >= from ? flag : Verdict.HEALTHY,
              pane >= 10 ? 0.4 : 0.75));
      fleet.accept(
          Scores.reading(
              DemoFleet.MODELS.get(2), pane, pane >= 11 ? shifted : Verdict.HEALTHY, 0.69));
    }
    return new DemoSummary(shape, scenario, fleet.models(), events, Duration.ofMillis(189_000))
        .lines();
  }

  private static DemoScenario with(FaultKind fault) {
    return new DemoScenario(Optional.of(fault));
  }

  @Test
  void tellsWhatHappenedAndWhereTheEventsWent() {
    assertThat(lines(with(FaultKind.TRUNCATION), Verdict.DIVERGED, 12, Verdict.TRAFFIC_SHIFT))
        .containsExactly(
            "",
            "1,110 events of 3 models over 0:20 h of event time, in 3 min 9 s.",
            "search-embedder/2.1.0 was never flagged; it is healthy.",
            "support-router/1.4.2 broke at 00:10: its maximal length was set to 8 tokens. It was"
                + " called diverged at 00:13, 3 panes (3 min of event time) later; its CKA went"
                + " from 0.750 to 0.400.",
            "product-matcher/3.0.1 changed at 00:10: it is asked about other topics, which is no"
                + " fault of its own. It was never flagged; it is traffic-shift.",
            "",
            "Every event is accounted for:",
            "  1,110 produced = 1,100 ingested + 10 rejected",
            "  1,100 ingested = 870 scored + 220 sampled out + 6 duplicate + 4 late");
  }

  @Test
  void aMissedFaultIsNotHidden() {
    assertThat(lines(with(FaultKind.WEIGHT_NOISE), Verdict.HEALTHY, PANES, Verdict.TRAFFIC_SHIFT))
        .anyMatch(
            line ->
                line.endsWith(
                    "It was not flagged; its CKA went from 0.750 to 0.400."
                        + " At the end it is called healthy; the right word is diverged."));
  }

  @Test
  void aWrongWordIsNotHidden() {
    assertThat(lines(with(FaultKind.ROTATED_BASIS), Verdict.DIVERGED, 12, Verdict.DIVERGED))
        .anyMatch(
            line -> line.endsWith("At the end it is called diverged; the right word is rotated."))
        .anyMatch(
            line ->
                line.endsWith(
                    "It was called diverged at 00:12: a false alarm."
                        + " At the end it is called diverged; the right word is traffic-shift."));
  }

  @Test
  void aModelThatFallsSilentIsToldOfByThatWord() {
    assertThat(lines(with(FaultKind.NO_EVENTS), Verdict.SILENT, 15, Verdict.TRAFFIC_SHIFT))
        .anyMatch(
            line ->
                line.startsWith(
                    "support-router/1.4.2 broke at 00:10: nothing is heard of it any more. It was"
                        + " called silent at 00:16, 6 panes"));
  }

  @Test
  void aFlagBeforeTheFaultIsCalledAFalseAlarm() {
    assertThat(lines(with(FaultKind.TRUNCATION), Verdict.DIVERGED, 9, Verdict.TRAFFIC_SHIFT))
        .anyMatch(line -> line.contains("called diverged at 00:10, before that: a false alarm."));
    assertThat(lines(DemoScenario.QUIET, Verdict.DIVERGED, 9, Verdict.HEALTHY))
        .anyMatch(line -> line.endsWith("at 00:10, though nothing was wrong with it."));
  }

  @Test
  void eventsThatWentMissingAreNotHidden() {
    assertThat(
            lines(
                DemoScenario.QUIET,
                Verdict.HEALTHY,
                PANES,
                Verdict.HEALTHY,
                new EventTotals(1_110, 1_100, 869, 220, 10, 4, 6)))
        .contains("Some events are not accounted for:");
  }
}
