package dev.parallax.cli.demo.terminal;

import dev.parallax.cli.demo.models.DemoFleet;
import dev.parallax.cli.demo.models.EmbeddingPlan.Progress;
import dev.parallax.cli.demo.view.DemoView;
import dev.parallax.cli.demo.view.EventTotals;
import dev.parallax.cli.demo.view.FleetView;
import dev.parallax.cli.demo.view.Scores;
import dev.parallax.core.drift.Verdict;
import java.time.Duration;

/** A demo after its 43rd pane, with one model diverged and one without a score. */
final class Views {

  private Views() {}

  static DemoView embedding(int done) {
    FleetView fleet = new FleetView(DemoFleet.MODELS);
    for (int pane = 0; pane < 30; pane++) {
      fleet.accept(Scores.reading(DemoFleet.MODELS.get(0), pane, Verdict.HEALTHY, 0.99));
      fleet.accept(
          Scores.reading(
              DemoFleet.MODELS.get(1),
              pane,
              pane < 29 ? Verdict.HEALTHY : Verdict.DIVERGED,
              pane < 29 ? 0.74 : 0.39));
    }
    return new DemoView(
        Duration.ofMinutes(42),
        Duration.ofHours(3),
        43,
        180,
        60,
        fleet.models(),
        new EventTotals(12_345, 12_335, 8_000, 4_300, 10, 5, 30),
        new Progress(done, 12_000, done),
        "http://127.0.0.1:8080");
  }

  static DemoView complete() {
    return embedding(12_000);
  }
}
