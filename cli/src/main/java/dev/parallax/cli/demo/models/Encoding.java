package dev.parallax.cli.demo.models;

import java.util.OptionalInt;

/**
 * A way to turn texts into vectors: an encoder, perhaps with a wrong maximal length.
 *
 * @param encoder what runs
 * @param maxLength tokens after which a text is cut, its two marker tokens included; empty for what
 *     the encoder's manifest says
 */
public record Encoding(DemoEncoder encoder, OptionalInt maxLength) {

  /** The encoder as it should be run. */
  public static Encoding of(DemoEncoder encoder) {
    return new Encoding(encoder, OptionalInt.empty());
  }

  /** The encoder with texts cut after {@code tokens}. */
  public static Encoding truncated(DemoEncoder encoder, int tokens) {
    return new Encoding(encoder, OptionalInt.of(tokens));
  }
}
