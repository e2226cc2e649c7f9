package dev.parallax.cli.demo;

import dev.parallax.cli.demo.models.DemoScenario;
import dev.parallax.cli.demo.terminal.Words;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.cli.demo.view.EventTotals;
import dev.parallax.cli.demo.view.ModelView;
import dev.parallax.cli.demo.view.ScoreReading;
import dev.parallax.core.drill.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a demo saw, in words.
 *
 * @param shape the traffic
 * @param scenario what happened to the models
 * @param models the models with their scores
 * @param events what became of the records
 * @param wall how long it took
 */
record DemoSummary(
    TrafficShape shape,
    DemoScenario scenario,
    List<ModelView> models,
    EventTotals events,
    Duration wall) {

  /** The lines about what happened. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        Words.count(events.produced())
            + " events of "
            + Words.count(models.size(), "model")
            + " over "
            + Words.hours(shape.pane().multipliedBy(shape.panes()))
            + " of event time, in "
            + Words.wall(wall)
            + ".");
    for (int i = 0; i < models.size(); i++) {
      ModelView model = models.get(i);
      lines.add(
          scenario.happensTo(i).map(kind -> told(model, kind)).orElseGet(() -> healthy(model)));
    }
    lines.add("");
    lines.addAll(accounting());
    return lines;
  }

  /** What was said of a model to which something happened, and what should have been said. */
  private String told(ModelView model, FaultKind fault) {
    String story = new DemoStory(scenario, shape.faultAt()).told(model.model(), fault);
    String right =
        model.verdict() == fault.verdict()
            ? ""
            : " At the end it is called "
                + model.verdict().label()
                + "; the right word is "
                + fault.verdict().label()
                + ".";
    return story + " " + flagged(model, fault) + right;
  }

  private String flagged(ModelView model, FaultKind fault) {
    Instant at = shape.faultAt();
    Optional<ScoreReading> flagged = model.firstSaidOf(fault);
    if (flagged.isEmpty()) {
      return fault.benign()
          ? "It was never flagged; it is " + model.verdict().label() + "."
          : "It was not flagged" + ckaSince(model, at) + ".";
    }
    String called =
        "It was called "
            + flagged.get().verdict().label()
            + " at "
            + Words.clock(flagged.get().paneEnd());
    Duration after = Duration.between(at, flagged.get().paneEnd());
    if (after.isNegative() || after.isZero()) {
      return called + ", before that: a false alarm.";
    }
    if (fault.benign()) {
      return called + ": a false alarm.";
    }
    return called
        + ", "
        + Words.count(after.dividedBy(shape.pane()), "pane")
        + " ("
        + after.toMinutes()
        + " min of event time) later"
        + ckaSince(model, at)
        + ".";
  }

  private static String ckaSince(ModelView model, Instant at) {
    Optional<ScoreReading> before = model.latestBy(at).filter(score -> score.cka().isPresent());
    Optional<ScoreReading> now = model.latest().filter(score -> score.cka().isPresent());
    if (before.isEmpty() || now.isEmpty()) {
      return "";
    }
    return "; its CKA went from "
        + Words.ratio(before.get().cka())
        + " to "
        + Words.ratio(now.get().cka());
  }

  private static String healthy(ModelView model) {
    Optional<ScoreReading> flagged = model.firstFlagged();
    return flagged.isEmpty()
        ? model.model().subject() + " was never flagged; it is " + model.verdict().label() + "."
        : model.model().subject()
            + " was called "
            + flagged.get().verdict().label()
            + " at "
            + Words.clock(flagged.get().paneEnd())
            + ", though nothing was wrong with it.";
  }

  private List<String> accounting() {
    List<String> lines = new ArrayList<>();
    lines.add("Every event is accounted for:");
    if (!events.balances()) {
      lines.set(0, "Some events are not accounted for:");
    }
    lines.add(
        "  "
            + Words.count(events.produced())
            + " produced = "
            + Words.count(events.ingested())
            + " ingested + "
            + Words.count(events.rejected())
            + " rejected");
    lines.add(
        "  "
            + Words.count(events.ingested())
            + " ingested = "
            + Words.count(events.scored())
            + " scored + "
            + Words.count(events.sampledOut())
            + " sampled out + "
            + Words.count(events.duplicate())
            + " duplicate + "
            + Words.count(events.late())
            + " late");
    return lines;
  }
}
