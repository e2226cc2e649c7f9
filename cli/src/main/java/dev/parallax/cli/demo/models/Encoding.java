package dev.parallax.cli.demo.models;

import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.FaultLayer;
import java.util.Optional;

/**
 * A way to turn texts into vectors: an encoder, perhaps with something wrong with it.
 *
 * @param encoder what runs
 * @param fault what is wrong with it or with the texts that it is given; one of {@link
 *     FaultLayer#ENCODER} or {@link FaultLayer#TEXT}
 */
public record Encoding(DemoEncoder encoder, Optional<FaultKind> fault) {

  /** The encoder as it should be run. */
  public static Encoding of(DemoEncoder encoder) {
    return new Encoding(encoder, Optional.empty());
  }

  /**
   * What answers where {@code encoder} should, under a fault of encoders or texts. Under a slow
   * drift that is what it drifts to.
   */
  public static Encoding under(FaultKind fault, DemoEncoder encoder) {
    return switch (fault) {
      case MODEL_SWAP, SLOW_DRIFT -> of(encoder.ofAnotherFamily());
      default -> new Encoding(encoder, Optional.of(fault));
    };
  }
}
