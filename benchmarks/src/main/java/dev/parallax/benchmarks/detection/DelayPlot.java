package dev.parallax.benchmarks.detection;

import dev.parallax.benchmarks.chart.Ink;
import dev.parallax.benchmarks.chart.Scale;
import dev.parallax.benchmarks.chart.Svg;
import dev.parallax.benchmarks.chart.Svg.Anchor;
import dev.parallax.benchmarks.chart.Svg.Mark;
import dev.parallax.benchmarks.chart.Svg.Point;
import dev.parallax.benchmarks.detection.StudyStream.Group;
import java.util.List;

/** Panes until the first page of every fault, one mark a model, with a line to the longest. */
final class DelayPlot {

  private static final int WIDTH = 760;
  private static final int TOP = 64;
  private static final int LEFT = 190;
  private static final int ROW = 26;
  private static final int BOTTOM = 46;
  private static final int TICK = 2;

  /** Between the marks of a row. */
  private static final double APART = 7;

  private static final Ink[] INKS = {Ink.BLUE, Ink.VERMILION, Ink.GREEN};

  private DelayPlot() {}

  /** Draws what Parallax did. */
  static Svg of(Comparison comparison) {
    RuleRecord own = comparison.rules().get(0).in(Group.FAULT);
    List<String> faults = comparison.streams(Group.FAULT);
    List<String> models = own.trials().stream().map(Trial::model).distinct().sorted().toList();
    int longest = own.trials().stream().mapToInt(Trial::first).max().orElse(1);
    int to = (longest / TICK + 1) * TICK;
    int bottom = TOP + ROW * faults.size();
    Svg svg = new Svg(WIDTH, bottom + BOTTOM, "Panes until Parallax pages, by fault and model");
    Scale x = new Scale(0, to, LEFT, WIDTH - 24);
    svg.bold("Panes of 1,024 pairs until the first page", new Point(LEFT, 18), Anchor.START);
    for (int m = 0; m < models.size(); m++) {
      double at = LEFT + 180.0 * m;
      svg.mark(mark(m), new Point(at + 4, 42), ink(m));
      svg.text(models.get(m), new Point(at + 14, 42), Anchor.START, Ink.BLACK);
    }
    for (int tick = 0; tick <= to; tick += TICK) {
      svg.line(new Point(x.at(tick), TOP), new Point(x.at(tick), bottom), Ink.LIGHT);
      svg.text("" + tick, new Point(x.at(tick), bottom + 14), Anchor.MIDDLE, Ink.BLACK);
    }
    svg.text(
        "marks: median of all streams; lines: to the slowest",
        new Point(LEFT, bottom + 34),
        Anchor.START,
        Ink.GREY);
    for (int f = 0; f < faults.size(); f++) {
      double row = TOP + ROW * (f + 0.5);
      svg.text(faults.get(f), new Point(LEFT - 10, row), Anchor.END, Ink.BLACK);
      for (int m = 0; m < models.size(); m++) {
        String model = models.get(m);
        RuleRecord record =
            new RuleRecord(
                own.rule(),
                own.in(faults.get(f)).trials().stream()
                    .filter(t -> t.model().equals(model))
                    .toList());
        int[] delays = record.delays();
        if (delays.length > 0) {
          double y = row + APART * (m - (models.size() - 1) / 2.0);
          double median = x.at(record.medianDelay().orElseThrow());
          svg.line(new Point(median, y), new Point(x.at(delays[delays.length - 1]), y), ink(m));
          svg.mark(mark(m), new Point(median, y), ink(m));
        }
      }
    }
    return svg;
  }

  private static Ink ink(int series) {
    return INKS[series % INKS.length];
  }

  private static Mark mark(int series) {
    return Mark.values()[series % Mark.values().length];
  }
}
