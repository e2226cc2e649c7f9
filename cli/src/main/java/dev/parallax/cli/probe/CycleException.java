package dev.parallax.cli.probe;

import java.time.Duration;
import java.util.Optional;

/**
 * A cycle that cannot be completed, because of the endpoint or of the brokers; the message never
 * quotes an answer.
 */
final class CycleException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What trying again can do. */
  enum Kind {
    /** It may work in a moment. */
    PASSING,
    /** Not in a moment; another cycle may work. */
    UNUSABLE,
    /** It will be refused later too. */
    REFUSED
  }

  private final Kind kind;
  private final transient Optional<Duration> retryAfter;

  CycleException(Kind kind, String message, Optional<Duration> retryAfter) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  CycleException(Kind kind, String message) {
    this(kind, message, Optional.empty());
  }

  Kind kind() {
    return kind;
  }

  /** How long the endpoint asks to be left alone. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
