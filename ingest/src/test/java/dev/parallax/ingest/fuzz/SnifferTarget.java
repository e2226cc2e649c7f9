package dev.parallax.ingest.fuzz;

import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatSniffer;
import dev.parallax.ingest.format.RejectedBodyException;
import java.util.List;
import java.util.Optional;

/**
 * The guess at a body's format.
 *
 * @param bound of one guess
 */
record SnifferTarget(Bound bound) implements FuzzTarget {

  @Override
  public String name() {
    return "sniffer";
  }

  @Override
  public List<byte[]> samples() {
    return SeedInputs.bodies();
  }

  @Override
  public void accept(byte[] input) {
    try {
      Optional<Format> guess =
          bound.within(input.length, () -> FormatSniffer.sniff(Body.of(input)));
      if (guess.equals(Optional.of(Format.MLSERVER))
          || guess.equals(Optional.of(Format.JSON_POINTER))) {
        throw new AssertionError("a format that is never guessed: " + guess);
      }
    } catch (RejectedBodyException e) {
      throw new AssertionError("a guess rejects nothing", e);
    }
  }
}
