package dev.parallax.cli.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The reference space that models are compared with.
 *
 * @param kind where its vectors come from
 * @param encoder the encoder that makes them
 * @param id its id; empty where the encoder's manifest names it
 * @param threads threads of the encoder
 * @param cacheMegabytes most memory for vectors computed already
 */
public record ReferenceSection(
    Kind kind, Encoder encoder, Optional<String> id, int threads, int cacheMegabytes) {

  /** Where reference vectors come from. */
  public enum Kind {
    /** Computed here, from the inputs. */
    ENCODER,
    /** Carried by the events. */
    ATTACHED
  }

  /** Which encoder. */
  public sealed interface Encoder {

    /** One that comes with Parallax. */
    record BuiltIn(String name) implements Encoder {}

    /** One that a manifest file describes. */
    record Manifest(Path file) implements Encoder {}
  }

  /** Checks that an attached reference is named. */
  public ReferenceSection {
    if (kind == Kind.ATTACHED && id.isEmpty()) {
      throw new IllegalArgumentException(
          "reference.id=: expected the id that the events carry, as reference.kind is attached");
    }
  }
}
