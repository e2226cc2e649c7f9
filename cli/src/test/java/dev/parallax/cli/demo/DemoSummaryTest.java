package dev.parallax.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.demo.models.DemoFleet;
import dev.parallax.cli.demo.models.DemoModel;
import dev.parallax.cli.demo.models.Fault;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.cli.demo.view.EventTotals;
import dev.parallax.cli.demo.view.FleetView;
import dev.parallax.cli.demo.view.Scores;
import dev.parallax.core.drift.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {

  private static final EventTotals EVENTS = new EventTotals(1_110, 1_100, 870, 220, 10, 4, 6);
  private static final int PANES = 20;

  private final TrafficShape shape =
      new TrafficShape(1, TrafficShape.EPOCH, Duration.ofMinutes(1), PANES, 640);
  private final DemoModel broken = DemoFleet.MODELS.get(1);

  private List<String> lines(Fault fault, int flaggedFrom, EventTotals events) {
    FleetView fleet = new FleetView(DemoFleet.MODELS);
    for (int pane = 0; pane < PANES; pane++) {
      fleet.accept(Scores.reading(DemoFleet.MODELS.get(0), pane, Verdict.HEALTHY, 0.99));
      fleet.accept(
          Scores.reading(
              broken,
              pane,
              pane >= flaggedFrom ? Verdict.DIVERGED : Verdict.HEALTHY,
              pane >= 10 ? 0.4 : 0.75));
    }
    return new DemoSummary(shape, broken, fault, fleet.models(), events, Duration.ofMillis(189_000))
        .lines();
  }

  @Test
  void tellsWhatHappenedAndWhereTheEventsWent() {
    assertThat(lines(Fault.TRUNCATION, 12, EVENTS))
        .containsExactly(
            "",
            "1,110 events of 3 models over 0:20 h of event time, in 3 min 9 s.",
            "search-embedder/2.1.0 was never flagged; it is healthy.",
            "support-router/1.4.2 broke at 00:10: its maximal length was set to 5 tokens. It was"
                + " called diverged at 00:13, 3 panes (3 min of event time) later; its CKA went"
                + " from 0.750 to 0.400.",
            "product-matcher/3.0.1 was never flagged; it is warming.",
            "",
            "Every event is accounted for:",
            "  1,110 produced = 1,100 ingested + 10 rejected",
            "  1,100 ingested = 870 scored + 220 sampled out + 6 duplicate + 4 late");
  }

  @Test
  void aMissedFaultIsNotHidden() {
    assertThat(lines(Fault.NOISE, PANES, EVENTS))
        .anyMatch(line -> line.contains("It was not flagged; its CKA went from 0.750 to 0.400."));
  }

  @Test
  void aFlagBeforeTheFaultIsCalledAFalseAlarm() {
    assertThat(lines(Fault.TRUNCATION, 9, EVENTS))
        .anyMatch(line -> line.contains("called diverged at 00:10, before that: a false alarm."));
    assertThat(lines(Fault.NONE, 9, EVENTS))
        .anyMatch(line -> line.endsWith("at 00:10, though nothing was wrong with it."));
  }

  @Test
  void eventsThatWentMissingAreNotHidden() {
    assertThat(lines(Fault.NONE, PANES, new EventTotals(1_110, 1_100, 869, 220, 10, 4, 6)))
        .contains("Some events are not accounted for:");
  }
}
