package dev.parallax.ingest.pairing;

import dev.parallax.core.embedding.EmbeddingEvent.InputTensor;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.EventValidator;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.ModelInput;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Puts inputs under their keys. Not thread-safe: one instance per thread. */
public final class InputKeys {

  private final InputKeyHasher hasher;
  private final EventLimits limits;
  private final boolean keepInput;

  /**
   * Keys under one secret.
   *
   * @param keepInput whether texts and tensors stay with their keys, because the reference needs
   *     them
   */
  public InputKeys(InputKeyHasher hasher, EventLimits limits, boolean keepInput) {
    this.hasher = hasher;
    this.limits = limits;
    this.keepInput = keepInput;
  }

  /** The input under its key. */
  public KeyedInput of(ModelInput input) {
    if (input instanceof ModelInput.Text text) {
      return of(text.value());
    }
    if (input instanceof ModelInput.Tokens tokens) {
      return new KeyedInput.Keyed(
          hasher.keyOfTokens(tokens.ids()), Optional.empty(), Optional.empty());
    }
    if (input instanceof ModelInput.Tensor tensor) {
      return of(tensor);
    }
    return new KeyedInput.Refused(((ModelInput.Unreadable) input).rejection());
  }

  private KeyedInput of(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limits.maxTextBytes()) {
      return refused(
          Reason.TOO_LARGE, "input of " + bytes + " bytes, limit " + limits.maxTextBytes());
    }
    return new KeyedInput.Keyed(
        hasher.keyOf(text), Optional.of(text).filter(t -> keepInput), Optional.empty());
  }

  private KeyedInput of(ModelInput.Tensor tensor) {
    Optional<Rejection> fault =
        EventValidator.checkVector("input", tensor.values())
            .filter(rejection -> rejection.reason() != Reason.ZERO_NORM);
    if (fault.isPresent()) {
      return new KeyedInput.Refused(fault.get());
    }
    return new KeyedInput.Keyed(
        hasher.keyOfTensor(tensor.shape(), tensor.values().toFloats()),
        Optional.empty(),
        Optional.of(new InputTensor(tensor.values(), tensor.shape())).filter(t -> keepInput));
  }

  private static KeyedInput refused(Reason reason, String detail) {
    return new KeyedInput.Refused(new Rejection(reason, detail));
  }
}
