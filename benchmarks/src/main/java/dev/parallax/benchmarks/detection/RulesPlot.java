package dev.parallax.benchmarks.detection;

import dev.parallax.benchmarks.accuracy.StudyReport;
import dev.parallax.benchmarks.chart.Ink;
import dev.parallax.benchmarks.chart.Scale;
import dev.parallax.benchmarks.chart.Svg;
import dev.parallax.benchmarks.chart.Svg.Anchor;
import dev.parallax.benchmarks.chart.Svg.Mark;
import dev.parallax.benchmarks.chart.Svg.Point;
import dev.parallax.benchmarks.detection.StudyStream.Group;
import java.math.BigDecimal;

/** Of every rule, how often it alarms over healthy models beside how many faults it catches. */
final class RulesPlot {

  private static final int WIDTH = 860;
  private static final int TOP = 84;
  private static final int ROW = 30;
  private static final int BOTTOM = 30;
  private static final int LEFT = 200;
  private static final int PANEL = 290;
  private static final int GAP = 50;

  /** Percentage at the end of the logarithmic axis; what is below it is shown as none. */
  private static final double NONE = 0.02;

  private RulesPlot() {}

  /** Draws what all rules did. */
  static Svg of(Comparison comparison) {
    int bottom = TOP + ROW * comparison.rules().size();
    Svg svg =
        new Svg(WIDTH, bottom + BOTTOM, "False alarms and faults caught of every rule compared");
    Scale alarms = new Scale(Math.log10(NONE), 2, LEFT, LEFT + PANEL);
    Scale caught = new Scale(0, 100, LEFT + PANEL + GAP, LEFT + PANEL + GAP + PANEL);
    svg.bold("Nothing wrong with the model: % of panes", new Point(LEFT, 18), Anchor.START);
    svg.text("with an alarm (none is best)", new Point(LEFT, 36), Anchor.START, Ink.BLACK);
    svg.mark(Mark.CIRCLE, new Point(LEFT + 4, 58), Ink.BLUE);
    svg.text("steady traffic", new Point(LEFT + 14, 58), Anchor.START, Ink.BLACK);
    svg.mark(Mark.SQUARE, new Point(LEFT + 124, 58), Ink.VERMILION);
    svg.text("changed traffic", new Point(LEFT + 134, 58), Anchor.START, Ink.BLACK);
    svg.bold("Faults: % caught in time", new Point(caught.start(), 18), Anchor.START);
    svg.text("(all is best)", new Point(caught.start(), 36), Anchor.START, Ink.BLACK);
    tick(svg, alarms.start(), bottom, "none");
    for (int power = -1; power <= 2; power++) {
      String percent = BigDecimal.ONE.scaleByPowerOfTen(power).toPlainString();
      tick(svg, alarms.at(power), bottom, percent);
    }
    for (int percent = 0; percent <= 100; percent += 20) {
      tick(svg, caught.at(percent), bottom, Integer.toString(percent));
    }
    for (int r = 0; r < comparison.rules().size(); r++) {
      RuleRecord rule = comparison.rules().get(r);
      double y = TOP + ROW * (r + 0.5);
      Point name = new Point(LEFT - 12, y);
      if (r == 0) {
        svg.bold(rule.rule(), name, Anchor.END);
      } else {
        svg.text(rule.rule(), name, Anchor.END, Ink.BLACK);
      }
      double steady = logPercent(rule.in(Group.STEADY));
      double traffic = logPercent(rule.in(Group.TRAFFIC));
      svg.line(
          new Point(alarms.at(Math.min(steady, traffic)), y),
          new Point(alarms.at(Math.max(steady, traffic)), y),
          Ink.LIGHT);
      svg.mark(Mark.SQUARE, new Point(alarms.at(traffic), y), Ink.VERMILION);
      svg.mark(Mark.CIRCLE, new Point(alarms.at(steady), y), Ink.BLUE);
      RuleRecord faults = rule.in(Group.FAULT);
      double share = faults.streams() == 0 ? 0 : 100.0 * faults.caught() / faults.streams();
      svg.line(new Point(caught.at(0), y), new Point(caught.at(share), y), Ink.GREEN);
      svg.mark(Mark.TRIANGLE, new Point(caught.at(share), y), Ink.GREEN);
      svg.text(
          StudyReport.number("%.0f", share),
          new Point(caught.end() + 8, y),
          Anchor.START,
          Ink.BLACK);
    }
    return svg;
  }

  private static void tick(Svg svg, double x, int bottom, String label) {
    svg.line(new Point(x, TOP), new Point(x, bottom), Ink.LIGHT);
    svg.text(label, new Point(x, bottom + 14), Anchor.MIDDLE, Ink.BLACK);
  }

  /** Logarithm of the percentage of panes with an alarm; that of {@link #NONE} where none has. */
  private static double logPercent(RuleRecord record) {
    double percent = record.panes() == 0 ? 0 : 100.0 * record.alarms() / record.panes();
    return Math.log10(Math.max(NONE, percent));
  }
}
