package dev.parallax.cli.demo.view;

import dev.parallax.cli.demo.models.DemoModel;
import dev.parallax.core.drift.Verdict;
import java.time.Instant;

/**
 * A model's verdict that changed.
 *
 * @param model the model
 * @param from the verdict before
 * @param to the verdict now
 * @param paneEnd end of the pane that changed it
 */
public record VerdictChange(DemoModel model, Verdict from, Verdict to, Instant paneEnd) {

  /** Whether the baseline of the model was armed just now. */
  public boolean armed() {
    return from == Verdict.WARMING && to == Verdict.HEALTHY;
  }
}
