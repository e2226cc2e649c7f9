package dev.parallax.core.drill;

import dev.parallax.core.embedding.InputKey;
import java.util.Random;

/** Chance that is a function of an input's key alone. */
final class KeyDraw {

  private KeyDraw() {}

  /** Numbers for the input with {@code key}. */
  static Random of(InputKey key) {
    return new Random(key.high() ^ Long.rotateLeft(key.low(), 32));
  }

  /** Whether the input is one of that share of all inputs. */
  static boolean isAmong(double share, InputKey key) {
    return of(key).nextDouble() < share;
  }

  /** The same for a pair of inputs, whichever comes first. */
  static boolean isAmong(double share, InputKey one, InputKey other) {
    return isAmong(share, new InputKey(one.high() ^ other.high(), one.low() ^ other.low()));
  }
}
