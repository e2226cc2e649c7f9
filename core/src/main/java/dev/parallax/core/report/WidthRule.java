package dev.parallax.core.report;

/** Figures that compare coordinates need matrices of one width. */
final class WidthRule {

  private WidthRule() {}

  /** Whether the widths agree; otherwise the metric's reason is put. */
  static boolean holds(
      Findings findings, SimilarityMetric metric, int widthProduction, int widthReference) {
    if (widthProduction != widthReference) {
      findings.absent(
          metric,
          "expected matrices of one width, got " + widthProduction + " and " + widthReference);
    }
    return widthProduction == widthReference;
  }
}
