package dev.parallax.cli.demo.view;

import dev.parallax.cli.demo.models.DemoModel;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.drill.FaultKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One model with its scores so far.
 *
 * @param model the model
 * @param readings its scores, oldest first
 */
public record ModelView(DemoModel model, List<ScoreReading> readings) {

  /** Copies the scores. */
  public ModelView {
    readings = List.copyOf(readings);
  }

  /** The newest score, if there is one. */
  public Optional<ScoreReading> latest() {
    return readings.isEmpty() ? Optional.empty() : Optional.of(readings.get(readings.size() - 1));
  }

  /** The newest score of panes that ended by {@code time}, if there is one. */
  public Optional<ScoreReading> latestBy(Instant time) {
    return readings.stream()
        .filter(reading -> !reading.paneEnd().isAfter(time))
        .reduce((earlier, later) -> later);
  }

  /** What is said now. */
  public Verdict verdict() {
    return latest().map(ScoreReading::verdict).orElse(Verdict.WARMING);
  }

  /** The first score that said that something is wrong, if one did. */
  public Optional<ScoreReading> firstFlagged() {
    return readings.stream().filter(ScoreReading::flagged).findFirst();
  }

  /**
   * The first score that said that something is wrong, or the word that is right for {@code fault}
   * though it flags nothing, as of a model that is not heard of any more.
   */
  public Optional<ScoreReading> firstSaidOf(FaultKind fault) {
    return readings.stream()
        .filter(
            reading -> reading.flagged() || !fault.benign() && reading.verdict() == fault.verdict())
        .findFirst();
  }
}
