package dev.parallax.core.watch;

import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import java.util.List;

/**
 * The probes of a model that were answered within a pane.
 *
 * @param series the probes of which model
 * @param start start of the pane, event time in milliseconds
 * @param answers in hash order
 * @param counts what became of the pane's events
 */
public record ProbePane(Series series, long start, List<ProbeAnswer> answers, EventCounts counts) {

  /** Copies the answers. */
  public ProbePane {
    answers = List.copyOf(answers);
  }
}
