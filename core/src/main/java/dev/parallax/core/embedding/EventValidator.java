package dev.parallax.core.embedding;

import dev.parallax.core.embedding.Rejection.Reason;
import java.time.Clock;
import java.util.Optional;

/**
 * The rules that a decoded event must meet before it may enter the stream: names that keep series
 * apart, vectors finite and not zero, event time near the clock, an input to join on.
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
    return checkName("model", event.model(), false)
        .or(() -> checkName("model_version", event.modelVersion(), true))
        .or(() -> checkVector("vector", event.vector()))
        .or(() -> event.reference().flatMap(r -> checkVector("reference_vector", r.vector())))
        .or(() -> event.inputTensor().flatMap(t -> checkFinite("input_tensor", t.vector())))
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

  /** An input may well be all zeros, but no encoder can be asked about a NaN. */
  private static Optional<Rejection> checkFinite(String name, WireVector vector) {
    return checkVector(name, vector).filter(rejection -> rejection.reason() != Reason.ZERO_NORM);
  }

  /**
   * Names are joined by {@code /} in the subject and by {@code |} in the keys of scores; one that
   * holds the separator would let two series share a key.
   */
  private static Optional<Rejection> checkName(String field, String name, boolean lastOfSubject) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '|' || Character.isISOControl(c) || lastOfSubject && c == '/') {
        return Optional.of(
            new Rejection(
                Reason.MALFORMED, String.format("%s: character U+%04X at %d", field, (int) c, i)));
      }
    }
    return Optional.empty();
  }

  private Optional<Rejection> checkTime(long eventTimeMillis) {
    long now = clock.millis();
    if (eventTimeMillis > now + limits.maxAhead().toMillis()) {
      return Optional.of(
          new Rejection(
              Reason.TIMESTAMP,
              EventTime.format(eventTimeMillis) + " is over " + limits.maxAhead() + " ahead"));
    }
    if (eventTimeMillis < now - limits.maxBehind().toMillis()) {
      return Optional.of(
          new Rejection(
              Reason.TIMESTAMP,
              EventTime.format(eventTimeMillis) + " is over " + limits.maxBehind() + " behind"));
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
