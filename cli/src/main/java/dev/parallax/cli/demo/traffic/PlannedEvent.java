package dev.parallax.cli.demo.traffic;

import java.util.Optional;

/**
 * One record that the demo will publish.
 *
 * @param id id of the event; a duplicate has that of the event it repeats
 * @param kind what is special about it
 * @param model index of the model that answers, in the plan's list
 * @param text index of the input in the corpus
 * @param answerText index of the input whose vector it carries: another one where answers are stale
 *     or joined wrongly
 * @param timeMillis event time
 * @param sendMillis the event time at which it is published, never before {@code timeMillis}
 * @param malformation how it is broken; there for {@link Kind#MALFORMED} only
 */
public record PlannedEvent(
    String id,
    Kind kind,
    int model,
    int text,
    int answerText,
    long timeMillis,
    long sendMillis,
    Optional<Malformation> malformation) {

  /** What is special about a planned event. */
  public enum Kind {
    /** Nothing. */
    REGULAR,
    /** Published a second time. */
    DUPLICATE,
    /** Published hours after its pane has closed. */
    LATE,
    /** Broken, so that ingest turns it away. */
    MALFORMED
  }

  PlannedEvent repeatedAt(long millis) {
    return new PlannedEvent(
        id, Kind.DUPLICATE, model, text, answerText, timeMillis, millis, malformation);
  }
}
