package dev.parallax.core.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Every statistic of two matrices that could be stated, and for each that could not, why.
 *
 * @param pairs number of rows of each matrix
 * @param widthProduction columns of the production matrix
 * @param widthReference columns of the reference matrix
 * @param figures the numbers, in the order of {@link SimilarityFigure}
 * @param anglesRadians principal angles of the leading subspaces, descending; empty when the
 *     overlap is absent
 * @param reasons one entry per metric or figure that was asked for and is absent
 */
public record SimilarityReport(
    long pairs,
    int widthProduction,
    int widthReference,
    Map<SimilarityFigure, Double> figures,
    List<Double> anglesRadians,
    List<Absent> reasons) {

  public SimilarityReport {
    figures = figures.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(figures));
    anglesRadians = List.copyOf(anglesRadians);
    reasons = List.copyOf(reasons);
  }

  /**
   * A figure that is not there, or a metric none of whose figures is.
   *
   * @param key its path in the report, such as {@code cka.minibatch} or {@code svcca}
   * @param reason one line for a person
   */
  public record Absent(String key, String reason) {}

  /** Whether the report holds any figure at all. */
  public boolean stated() {
    return !figures.isEmpty();
  }
}
