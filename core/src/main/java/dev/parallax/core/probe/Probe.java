package dev.parallax.core.probe;

/**
 * One probe.
 *
 * @param id short name of it in its set, for people
 * @param text the input, to the letter what is sent
 */
public record Probe(String id, String text) {

  /** Checks that neither is blank. */
  public Probe {
    if (id.isBlank()) {
      throw new IllegalArgumentException("probe id: expected a name, got none");
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException("probe " + id + ": expected a text, got none");
    }
  }
}
