package dev.parallax.core.drift;

import dev.parallax.core.drift.AaReport.Point;
import dev.parallax.core.drift.Learning.Recent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Makes the {@link AaReport} of a baseline: a function of it and the settings alone. */
final class AaStudy {

  /**
   * Fewer panes tell nothing of correlation or rate: where a rule lets so short a baseline arm,
   * only its replay can speak against it.
   */
  private static final int TELLING_PANES = 30;

  private static final double SEASON_SHARE = 0.2;
  private static final Duration SEASON_SPAN = Duration.ofDays(2);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final int HOURS = 24;

  private final Baseline baseline;
  private final DetectorPlan plan;
  private final TrackerSettings settings;
  private final double[] residuals;
  private final double[] offsets;
  private final List<String> advice = new ArrayList<>();

  private AaStudy(Baseline baseline, DetectorPlan plan, TrackerSettings settings) {
    this.baseline = baseline;
    this.plan = plan;
    this.settings = settings;
    List<Readings> panes = baseline.holdOutReadings();
    this.residuals = panes.stream().mapToDouble(plan::residualFigure).toArray();
    this.offsets = panes.stream().mapToDouble(plan::offsetFigure).toArray();
  }

  static AaReport report(Baseline baseline, DetectorPlan plan, TrackerSettings settings) {
    return new AaStudy(baseline, plan, settings).report();
  }

  private AaReport report() {
    int panes = residuals.length;
    int least = settings.arming().leastHoldOutPanes();
    double correlation = Math.max(autocorrelation(residuals), autocorrelation(offsets));
    double error = 1 / Math.sqrt(panes);
    // Below twice its error a correlation says nothing, and taking it at its word would let chance
    // turn away every other baseline.
    double believed = correlation > 2 * error ? Math.min(correlation, 0.99) : 0;
    double time = (1 + believed) / (1 - believed);
    int block = (int) Math.max(1, Math.min(Math.ceil(2 * time) - 1, panes / 2.0));
    OptionalDouble hourShare = hourShare();
    double promised = MONTH.toMillis() / (double) settings.pane().millis();
    double expected = promised * AlarmRate.of(baseline.holdOutReadings(), settings, block);
    promised /= settings.panesBetweenFalsePages();
    Replay replay = replay();

    boolean enough = panes >= least;
    boolean meanIsKnown = meanIsKnown(residuals, plan.residual(), time);
    boolean offsetIsKnown = meanIsKnown(offsets, plan.offset(), time);
    boolean tells = panes >= TELLING_PANES;
    boolean quiet =
        (expected <= promised || !tells)
            && (replay.alarms == 0 || replay.alarms * settings.panesBetweenFalsePages() <= panes);
    if (!enough) {
      advise(
          "%d hold-out panes, %d are expected: more panes (monitor.baseline.panes)", panes, least);
    }
    if (believed > 0) {
      advise(
          "panes follow one another (autocorrelation %.2f, by chance within %.2f): lengthen panes"
              + " (monitor.pane)",
          correlation, 2 * error);
    }
    if (!meanIsKnown || !offsetIsKnown) {
      advise(
          "%d panes that follow one another tell no more of the healthy mean than %.0f independent"
              + " ones, less than the test takes for granted: more panes (monitor.baseline.panes)",
          panes, panes / time);
    }
    if (hourShare.orElse(0) > SEASON_SHARE) {
      advise(
          "the hour of the day explains %.0f%% of the variance: hour-of-week means would take it"
              + " out; until then let the baseline cover whole weeks (monitor.baseline.panes)",
          100 * hourShare.getAsDouble());
    }
    if (!quiet) {
      advise(
          "%.2g alarms a month are expected, the budget allows %.2g: lengthen panes, take more of"
              + " them, or raise monitor.detector.margin",
          expected, promised);
    }
    return new AaReport(
        baseline.id(),
        panes,
        least,
        replay.alarms,
        replay.largest,
        StrictMath.log10(settings.panesBetweenFalsePages()),
        correlation,
        error,
        panes / time,
        hourShare,
        promised,
        expected,
        AlarmRate.REPLICATES * AlarmRate.PANES,
        block,
        plan.residual().mean() / plan.scale(),
        enough && (meanIsKnown && offsetIsKnown || !tells) && quiet,
        advice,
        replay.points);
  }

  private void advise(String format, Object... values) {
    advice.add(String.format(Locale.ROOT, format, values));
  }

  /** Lag 1; 0 where nothing varies. */
  static double autocorrelation(double[] figures) {
    double mean = mean(figures);
    double squares = 0;
    double products = 0;
    for (int i = 0; i < figures.length; i++) {
      squares += (figures[i] - mean) * (figures[i] - mean);
      if (i > 0) {
        products += (figures[i] - mean) * (figures[i - 1] - mean);
      }
    }
    return squares > 0 ? products / squares : 0;
  }

  private static double mean(double[] figures) {
    double sum = 0;
    for (double figure : figures) {
      sum += figure;
    }
    return sum / figures.length;
  }

  private static double variance(double[] figures) {
    double mean = mean(figures);
    double squares = 0;
    for (double figure : figures) {
      squares += (figure - mean) * (figure - mean);
    }
    return squares / (figures.length - 1);
  }

  /**
   * Whether two standard errors of the healthy mean fit below the tested one.
   *
   * @param time panes that tell as much of the mean as one independent pane
   */
  private static boolean meanIsKnown(double[] figures, EDetector.Parameters tested, double time) {
    double uncertainty = 2 * Math.sqrt(variance(figures) * time / figures.length);
    // Rounding must not tell apart what is equal for independent panes.
    return uncertainty <= (tested.mean() - mean(figures)) * (1 + 1e-9) + Double.MIN_NORMAL;
  }

  /** Adjusted R² of the means of the hours that the hold-out has panes of. */
  private OptionalDouble hourShare() {
    List<Recent> panes = baseline.holdOut();
    long span =
        panes.get(panes.size() - 1).start() + settings.pane().millis() - panes.get(0).start();
    double[] sums = new double[HOURS];
    int[] counts = new int[HOURS];
    for (int i = 0; i < residuals.length; i++) {
      int hour = Math.floorMod(Math.floorDiv(panes.get(i).start(), HOUR_MILLIS), HOURS);
      sums[hour] += residuals[i];
      counts[hour]++;
    }
    int groups = 0;
    double mean = mean(residuals);
    double between = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      if (counts[hour] > 0) {
        groups++;
        double difference = sums[hour] / counts[hour] - mean;
        between += counts[hour] * difference * difference;
      }
    }
    int n = residuals.length;
    double total = variance(residuals) * (n - 1);
    if (span < SEASON_SPAN.toMillis() || n <= groups || !(total > 0)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.max(0, 1 - (1 - between / total) * (n - 1) / (n - groups)));
  }

  /** The hold-out through the tests as they are, an alarm until its cause is over. */
  private Replay replay() {
    double threshold = StrictMath.log10(settings.panesBetweenFalsePages());
    Detectors detectors = Detectors.start(plan);
    boolean isUp = false;
    int alarms = 0;
    double largest = 0;
    List<Point> points = new ArrayList<>();
    for (Recent pane : baseline.holdOut()) {
      detectors = detectors.next(plan, pane.readings(), pane.start());
      largest = Math.max(largest, detectors.evidenceLog10());
      points.add(
          new Point(
              pane.start(),
              plan.residualFigure(pane.readings()) / plan.scale(),
              detectors.evidenceLog10()));
      if (!isUp && detectors.evidenceLog10() >= threshold) {
        alarms++;
        isUp = true;
      }
      if (isUp && detectors.isOver()) {
        detectors = detectors.restarted();
        isUp = false;
      }
    }
    return new Replay(alarms, largest, points);
  }

  private record Replay(int alarms, double largest, List<Point> points) {}
}
