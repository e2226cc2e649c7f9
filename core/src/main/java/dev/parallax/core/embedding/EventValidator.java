package dev.parallax.core.embedding;

import dev.parallax.core.embedding.Rejection.Reason;
import java.time.Clock;
import java.util.Optional;

/**
 * The rules that a decoded event must meet before it may enter the stream: vectors finite and not
 * zero, event time near the clock, an input to join on.
 */
public final class EventValidator {

  private final EventLimits limits;
  private final Clock clock;

  /** A validator that measures event time against {@code clock}. */
  public EventValidator(EventLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** What is wrong with the event, if anything. */
  public Optional<Rejection> check(EmbeddingEvent event, long eventTimeMillis) {
    return checkVector("vector", event.vector())
        .or(() -> event.reference().flatMap(r -> checkVector("reference_vector", r.vector())))
        .or(() -> checkTime(eventTimeMillis))
        .or(() -> checkInput(event));
  }

  /** What is wrong with the elements of a vector, if anything. */
  public static Optional<Rejection> checkVector(String name, WireVector vector) {
    float[] values = vector.toFloats();
    boolean zero = true;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return Optional.of(new Rejection(Reason.NOT_FINITE, name + "[" + i + "] is " + values[i]));
      }
      zero &= values[i] == 0;
    }
    return zero
        ? Optional.of(
            new Rejection(Reason.ZERO_NORM, name + ": all " + values.length + " elements are 0"))
        : Optional.empty();
  }

  private Optional<Rejection> checkTime(long eventTimeMillis) {
    long now = clock.millis();
    long ahead = eventTimeMillis - now;
    if (ahead > limits.maxAhead().toMillis()) {
      return Optional.of(
          new Rejection(
              Reason.TIMESTAMP, ahead + " ms ahead of the clock, limit " + limits.maxAhead()));
    }
    if (-ahead > limits.maxBehind().toMillis()) {
      return Optional.of(
          new Rejection(
              Reason.TIMESTAMP, -ahead + " ms behind the clock, limit " + limits.maxBehind()));
    }
    return Optional.empty();
  }

  private static Optional<Rejection> checkInput(EmbeddingEvent event) {
    return event.inputKey().isPresent() || event.inputText().isPresent()
        ? Optional.empty()
        : Optional.of(
            new Rejection(Reason.MISSING_INPUT, "expected input_key or input_text, got neither"));
  }
}
