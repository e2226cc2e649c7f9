package dev.parallax.core.report;

import dev.parallax.core.report.SimilarityReport.Absent;
import dev.parallax.core.similarity.Statistic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Figures and reasons on their way into a {@link SimilarityReport}. */
final class Findings {

  private final Set<SimilarityMetric> asked;
  private final Map<SimilarityFigure, Double> figures = new EnumMap<>(SimilarityFigure.class);
  private final Map<SimilarityFigure, String> reasons = new EnumMap<>(SimilarityFigure.class);
  private List<Double> angles = List.of();

  Findings(Set<SimilarityMetric> asked) {
    this.asked = asked;
  }

  boolean asksAny(Set<SimilarityMetric> metrics) {
    return !Collections.disjoint(asked, metrics);
  }

  boolean asks(SimilarityMetric metric) {
    return asked.contains(metric);
  }

  void put(SimilarityFigure figure, Statistic statistic) {
    if (!asks(figure.metric())) {
      return;
    }
    if (statistic instanceof Statistic.Stated stated) {
      figures.put(figure, stated.value());
    } else if (statistic instanceof Statistic.Undefined undefined) {
      reasons.put(figure, undefined.detail());
    }
  }

  void putAngles(double[] descending) {
    List<Double> list = new ArrayList<>();
    for (double angle : descending) {
      list.add(angle);
    }
    angles = list;
  }

  /** No figure of a metric can be had. */
  void absent(SimilarityMetric metric, String reason) {
    metric.figures().forEach(figure -> reasons.put(figure, reason));
  }

  SimilarityReport report(long pairs, int widthProduction, int widthReference) {
    List<Absent> absent = new ArrayList<>();
    for (SimilarityMetric metric : SimilarityMetric.values()) {
      if (asks(metric)) {
        absent.addAll(absentOf(metric));
      }
    }
    return new SimilarityReport(pairs, widthProduction, widthReference, figures, angles, absent);
  }

  /** One entry for the whole metric where all its figures lack for one reason. */
  private List<Absent> absentOf(SimilarityMetric metric) {
    Set<String> distinct = new LinkedHashSet<>();
    List<Absent> single = new ArrayList<>();
    for (SimilarityFigure figure : metric.figures()) {
      String reason = reasons.get(figure);
      if (reason != null) {
        distinct.add(reason);
        single.add(new Absent(figure.path(), reason));
      }
    }
    return distinct.size() == 1 && single.size() == metric.figures().size()
        ? List.of(new Absent(metric.key(), distinct.iterator().next()))
        : single;
  }
}
