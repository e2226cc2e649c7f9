package dev.parallax.jobs.reference;

import java.io.Serializable;
import java.util.Set;

/**
 * A reference space that some models are compared with beside the one that all of them share, such
 * as a pinned copy of the model itself. Each gives a series, a baseline and evidence of its own.
 *
 * @param space the reference space
 * @param models names of the models; empty for all
 */
public record FurtherReference(ReferenceSettings space, Set<String> models)
    implements Serializable {

  /** Copies the names. */
  public FurtherReference {
    models = Set.copyOf(models);
  }

  /** Whether a model is compared with it. */
  public boolean isFor(String model) {
    return models.isEmpty() || models.contains(model);
  }
}
