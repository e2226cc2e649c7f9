package dev.parallax.benchmarks.detection;

import dev.parallax.benchmarks.accuracy.StudyReport;
import dev.parallax.benchmarks.chart.Ink;
import dev.parallax.benchmarks.chart.Scale;
import dev.parallax.benchmarks.chart.Svg;
import dev.parallax.benchmarks.chart.Svg.Anchor;
import dev.parallax.benchmarks.chart.Svg.Mark;
import dev.parallax.benchmarks.chart.Svg.Point;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One stream pane by pane: CKA with its interval above, evidence with its threshold below. */
final class EvidencePlot {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 430;
  private static final int LEFT = 70;
  private static final int RIGHT = WIDTH - 24;
  private static final int CKA_TOP = 44;
  private static final int CKA_BOTTOM = 190;
  private static final int EVIDENCE_TOP = 236;
  private static final int EVIDENCE_BOTTOM = 382;
  private static final int TICK = 5;

  /** Decades above the threshold that are shown. */
  private static final double ABOVE = 3.4;

  private static final double CKA_TICK = 0.05;

  private final List<Score> scores;
  private final int healthy;
  private final Scale x;
  private final Svg svg;

  private EvidencePlot(String fault, String model, List<Score> scores, int healthy) {
    this.scores = scores;
    this.healthy = healthy;
    this.x = new Scale(0, scores.size() + 0.5, LEFT, RIGHT);
    this.svg =
        new Svg(WIDTH, HEIGHT, "Pane CKA and evidence of " + model + " before and after " + fault);
  }

  /**
   * Draws a stream.
   *
   * @param fault what begins after {@code healthy} panes
   * @param scores one a pane
   */
  static Svg of(String fault, String model, List<Score> scores, int healthy) {
    return new EvidencePlot(fault, model, scores, healthy).drawn(fault, model);
  }

  private Svg drawn(String fault, String model) {
    svg.bold(
        "CKA of each pane, with its 95% interval: " + model, new Point(LEFT, 18), Anchor.START);
    cka();
    svg.bold("Evidence, decimal logarithm", new Point(LEFT, 216), Anchor.START);
    evidence();
    double begins = x.at(healthy + 0.5);
    for (int top : new int[] {CKA_TOP, EVIDENCE_TOP}) {
      svg.dashed(new Point(begins, top), new Point(begins, top + 146), Ink.VERMILION);
    }
    svg.text(fault + " begins", new Point(begins - 6, CKA_TOP + 8), Anchor.END, Ink.VERMILION);
    for (int pane = TICK; pane <= scores.size(); pane += TICK) {
      svg.text("" + pane, new Point(x.at(pane), EVIDENCE_BOTTOM + 14), Anchor.MIDDLE, Ink.BLACK);
    }
    svg.text(
        "pane", new Point((LEFT + RIGHT) / 2.0, EVIDENCE_BOTTOM + 34), Anchor.MIDDLE, Ink.BLACK);
    return svg;
  }

  private void cka() {
    double middle = Math.round(figure(0, Figure.PANE_CKA) / CKA_TICK) * CKA_TICK;
    Scale y = new Scale(middle - 3 * CKA_TICK, middle + 3 * CKA_TICK, CKA_BOTTOM, CKA_TOP);
    for (int i = -2; i <= 2; i++) {
      rule(y, middle + i * CKA_TICK, "%.2f");
    }
    svg.area(band(y, Figure.PANE_CKA_LOW, Figure.PANE_CKA_HIGH), Ink.BLUE);
    svg.path(points(y, Figure.PANE_CKA, Double.POSITIVE_INFINITY), Ink.BLUE);
    marks(points(y, Figure.PANE_CKA, Double.POSITIVE_INFINITY));
  }

  private void evidence() {
    double threshold = figure(0, Figure.THRESHOLD_LOG10);
    Scale y = new Scale(0, threshold + ABOVE, EVIDENCE_BOTTOM, EVIDENCE_TOP);
    for (int decade = 0; decade <= threshold + ABOVE; decade += 2) {
      rule(y, decade, "%.0f");
    }
    svg.line(new Point(LEFT, y.at(threshold)), new Point(RIGHT, y.at(threshold)), Ink.VERMILION);
    svg.text(
        "pages from here on: one false page in 30 days",
        new Point(LEFT + 6, y.at(threshold) - 10),
        Anchor.START,
        Ink.VERMILION);
    List<Point> shown = points(y, Figure.EVIDENCE_LOG10, threshold + ABOVE);
    svg.path(shown, Ink.BLUE);
    marks(shown);
  }

  private void rule(Scale y, double value, String format) {
    svg.line(new Point(LEFT, y.at(value)), new Point(RIGHT, y.at(value)), Ink.LIGHT);
    svg.text(
        StudyReport.number(format, value), new Point(LEFT - 8, y.at(value)), Anchor.END, Ink.BLACK);
  }

  private void marks(List<Point> points) {
    points.forEach(point -> svg.mark(Mark.CIRCLE, point, Ink.BLUE));
  }

  /** Up to the first pane above {@code ceiling}, where the line leaves the panel. */
  private List<Point> points(Scale y, Figure figure, double ceiling) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < scores.size() && figure(i, figure) <= ceiling; i++) {
      points.add(new Point(x.at(i + 1), y.at(figure(i, figure))));
    }
    return points;
  }

  private List<Point> band(Scale y, Figure low, Figure high) {
    List<Point> band = new ArrayList<>(points(y, low, Double.POSITIVE_INFINITY));
    List<Point> back = new ArrayList<>(points(y, high, Double.POSITIVE_INFINITY));
    Collections.reverse(back);
    band.addAll(back);
    return band;
  }

  private double figure(int pane, Figure figure) {
    return scores.get(pane).figures().get(figure).orElseThrow();
  }
}
