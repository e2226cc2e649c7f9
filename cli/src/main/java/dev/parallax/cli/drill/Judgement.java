package dev.parallax.cli.drill;

import dev.parallax.cli.demo.view.ScoreReading;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.Shadow;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the scores of the shadow series say, held against what they should. Not thread-safe.
 *
 * <p>A fault is caught by the first pane with the right verdict. Something harmless has passed when
 * no pane was flagged and the last has the right verdict.
 */
final class Judgement {

  private final FaultKind fault;
  private final String shadow;
  private final String version;
  private @Nullable ScoreReading before;
  private @Nullable ScoreReading last;
  private @Nullable ScoreReading flagged;
  private @Nullable ScoreReading right;

  Judgement(DrillPlan plan) {
    this.fault = plan.fault();
    this.shadow = Shadow.of(plan.model());
    this.version = plan.version();
  }

  /**
   * Takes in a score; those of other series are left aside.
   *
   * @param faultAt when the fault begins
   */
  void accept(ScoreReading score, Instant faultAt) {
    if (!score.model().equals(shadow)
        || !score.version().equals(version)
        || !score.slice().isEmpty()) {
      return;
    }
    if (!score.paneEnd().isAfter(faultAt)) {
      before = score;
      return;
    }
    last = score;
    if (score.flagged() && flagged == null) {
      flagged = score;
    }
    if (score.verdict() == fault.verdict() && right == null) {
      right = score;
    }
  }

  /** Why nothing can be learnt from the drill, if nothing can: asked when the fault begins. */
  Optional<String> unready() {
    if (before == null) {
      return Optional.of("there is no score of " + shadow + " yet: is the monitor running?");
    }
    return before.verdict() == Verdict.HEALTHY
        ? Optional.empty()
        : Optional.of(shadow + " is " + before.verdict().label() + ", expected healthy");
  }

  /** Whether more panes cannot change what is said. */
  boolean decided() {
    return fault.benign() ? flagged != null : right != null;
  }

  /** Whether it went as it should. */
  boolean passed() {
    if (!fault.benign()) {
      return right != null;
    }
    return flagged == null && last != null && last.verdict() == fault.verdict();
  }

  /** The outcome in words. */
  String outcome() {
    String expected = fault.verdict().label();
    if (passed()) {
      Instant at = (right == null || fault.benign() ? last : right).paneEnd();
      return shadow + " is called " + expected + " as it should, at " + at;
    }
    ScoreReading said = fault.benign() && flagged != null ? flagged : last;
    return shadow
        + (said == null
            ? " has no score since the fault"
            : " was called " + said.verdict().label() + " at " + said.paneEnd())
        + ", expected "
        + expected;
  }
}
