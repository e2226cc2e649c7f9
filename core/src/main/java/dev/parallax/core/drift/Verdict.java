package dev.parallax.core.drift;

import java.util.Locale;

/** What is said about a series. */
public enum Verdict {
  /** There is no armed baseline yet. */
  WARMING,
  /** The pane has too few pairs to say anything. */
  INSUFFICIENT,
  /** Nothing speaks against the baseline. */
  HEALTHY,
  /** The fast lane has seen something; the evidence does not page yet. */
  WARNING,
  /** The model moved away from its baseline, and traffic does not explain it. */
  DIVERGED,
  /** The space was turned: similarity holds, stored vectors are useless. */
  ROTATED,
  /** The representation lost its dimensions. */
  COLLAPSED,
  /** The inputs moved, the model did not. */
  TRAFFIC_SHIFT,
  /** Live and reference vectors are not of the same inputs. */
  PAIRING_FAULT,
  /** Many series moved at once: the reference or the pipeline did. */
  REFERENCE_FAULT,
  /** A side has no variance, so similarity is undefined. */
  DEGENERATE,
  /** No events for a stated time. */
  SILENT;

  /** The verdict as it is written, such as {@code traffic-shift}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The verdict with this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Verdict ofLabel(String label) {
    for (Verdict verdict : values()) {
      if (verdict.label().equals(label)) {
        return verdict;
      }
    }
    throw new IllegalArgumentException("verdict: expected a known one, got " + label);
  }
}
