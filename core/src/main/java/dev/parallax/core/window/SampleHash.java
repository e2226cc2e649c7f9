package dev.parallax.core.window;

import dev.parallax.core.embedding.InputKey;

/**
 * Places the inputs of a pane in an order that is random, yet the same for every model and on every
 * replay.
 *
 * <p>Chained SplitMix64 finalisers over seed, pane and key (Steele, Lea and Flood 2014). Input keys
 * are already uniform; the mixing makes the order of one pane independent of that of the next.
 */
public final class SampleHash {

  private final long seed;

  /** Hashes under {@code seed}. */
  public SampleHash(long seed) {
    this.seed = seed;
  }

  /** The seed. */
  public long seed() {
    return seed;
  }

  /** What the hashes of one pane start from; one call a pane, then {@link #of(long, InputKey)}. */
  public long paneSalt(long paneStartMillis) {
    return mix(mix(seed) ^ paneStartMillis);
  }

  /** The hash of a key, to be compared as an unsigned number. */
  public static long of(long paneSalt, InputKey key) {
    return mix(mix(paneSalt ^ key.high()) ^ key.low());
  }

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
