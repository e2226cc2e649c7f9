package dev.parallax.core.drift;

import java.util.Optional;

/**
 * Who wanted something done with a baseline, and when.
 *
 * @param by a person, or {@link #AUTOMATIC}
 * @param atMillis when: of a person the time of the order, else event time
 * @param override why a baseline was approved whose A/A report is outside the budget
 */
public record Approval(String by, long atMillis, Optional<String> override) {

  /** Who approves a baseline that arms by itself. */
  public static final String AUTOMATIC = "automatic";

  /** That of a baseline that arms by itself. */
  static Approval automatic(long eventTime) {
    return new Approval(AUTOMATIC, eventTime, Optional.empty());
  }
}
