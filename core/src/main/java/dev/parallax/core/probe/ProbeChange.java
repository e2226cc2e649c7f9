package dev.parallax.core.probe;

import java.util.Locale;

/** What became of a model between its baseline and a cycle of probes. */
public enum ProbeChange {
  /** Every probe is where it was, within the tolerance. */
  UNCHANGED,
  /** Directions are as they were, lengths are not: a normalisation was lost or added. */
  RESCALED,
  /** The probes lie to each other as before and elsewhere in the space: stored vectors are lost. */
  ROTATED,
  /** The probes lie otherwise to each other: another model, or the same one damaged. */
  DIVERGED,
  /** Too few probes were answered to say anything. */
  TOO_FEW;

  /** The change as it is written, such as {@code too-few}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the model is another one than on the baseline. */
  public boolean isChange() {
    return this == RESCALED || this == ROTATED || this == DIVERGED;
  }
}
