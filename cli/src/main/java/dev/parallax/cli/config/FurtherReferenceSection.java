package dev.parallax.cli.config;

import java.util.Set;

/**
 * A reference space beside the one that all models share.
 *
 * @param reference the reference space
 * @param models names of the models that are compared with it; empty for all
 */
public record FurtherReferenceSection(ReferenceSection reference, Set<String> models) {

  /** Copies the names. */
  public FurtherReferenceSection {
    models = Set.copyOf(models);
  }
}
