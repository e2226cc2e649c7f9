package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Verdict;
import java.util.Locale;

/** How much a verdict asks of its reader, least first. */
public enum Severity {
  /** Nothing to do. */
  GOOD,
  /** Nothing can be said yet. */
  WAITING,
  /** Worth a look. */
  CAUTION,
  /** Something is wrong. */
  ALARM;

  /** The severity of a verdict. */
  public static Severity of(Verdict verdict) {
    return switch (verdict) {
      case HEALTHY -> GOOD;
      case WARMING, INSUFFICIENT -> WAITING;
      case WARNING, TRAFFIC_SHIFT, SILENT -> CAUTION;
      case DIVERGED, ROTATED, COLLAPSED, PAIRING_FAULT, REFERENCE_FAULT, DEGENERATE -> ALARM;
    };
  }

  /** The severity as it is written. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
