package dev.parallax.ingest.format;

import java.util.Optional;

/**
 * What a body calls the inference and the model.
 *
 * @param id of the call; never blank
 * @param model the model; never blank
 * @param version its version; never blank
 */
public record CallNames(Optional<String> id, Optional<String> model, Optional<String> version) {

  /** No names at all. */
  public static final CallNames NONE =
      new CallNames(Optional.empty(), Optional.empty(), Optional.empty());

  /** Takes blank names for absent ones. */
  public CallNames {
    id = id.filter(name -> !name.isBlank());
    model = model.filter(name -> !name.isBlank());
    version = version.filter(name -> !name.isBlank());
  }

  /** These names, with those of {@code other} where these are silent. */
  public CallNames or(CallNames other) {
    return new CallNames(id.or(other::id), model.or(other::model), version.or(other::version));
  }
}
