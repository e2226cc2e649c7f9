package dev.parallax.core.similarity;

import java.util.OptionalDouble;

/** What mini-batch moments say about CKA: an estimate with its evidence, or that there is none. */
public sealed interface Estimate {

  /**
   * An estimate of debiased CKA.
   *
   * @param cka from −1 to 1 up to rounding, not clipped
   * @param low lower end of the 95% interval, not clipped; empty below {@link
   *     MiniBatchMoments#MIN_BATCHES_FOR_INTERVAL} batches
   * @param high upper end, present exactly when {@code low} is
   * @param batches number of batches it rests on
   */
  record Stated(double cka, OptionalDouble low, OptionalDouble high, long batches)
      implements Estimate {}

  /**
   * There are batches, but a space has no debiased variance in them (a constant or collapsed model)
   * or their values are not finite.
   *
   * @param batches number of batches seen
   */
  record Degenerate(long batches) implements Estimate {}

  /**
   * No whole batch was seen.
   *
   * @param batches number of batches seen
   * @param needed number of batches from which an estimate exists
   */
  record TooFewPairs(long batches, long needed) implements Estimate {}
}
