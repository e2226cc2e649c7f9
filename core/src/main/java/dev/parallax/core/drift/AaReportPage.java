package dev.parallax.core.drift;

import dev.parallax.core.drift.AaReport.Point;
import dev.parallax.core.embedding.EventTime;
import java.util.List;
import java.util.Locale;

/**
 * A/A reports as one HTML page that needs nothing from elsewhere, and no script. Whatever comes
 * from outside, names above all, is text and never markup.
 */
public final class AaReportPage {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>A/A reports</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \
      'unsafe-inline'">
      <style>
      :root { color-scheme: light dark; --line: #1f6feb; --limit: #b42318; --edge: #d0d7de;
        --faint: #57606a }
      @media (prefers-color-scheme: dark) {
        :root { --line: #79b8ff; --limit: #ff7b72; --edge: #444c56; --faint: #adbac7 } }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto;
        padding: 0 1rem; overflow-wrap: anywhere }
      h2 { margin: 3rem 0 0; border-top: 1px solid var(--edge); padding-top: 1rem }
      h3 { font-size: 1rem; margin: 1.5rem 0 .25rem }
      dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .25rem 1rem }
      dt, figcaption, .axis { color: var(--faint) }
      dd { margin: 0 }
      @media (max-width: 30rem) {
        dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem } }
      figure { margin: 1.5rem 0; display: grid; grid-template-columns: auto 1fr; column-gap: .5rem }
      figcaption, .time { grid-column: 1 / -1 }
      .axis { font-size: .8rem; display: flex; justify-content: space-between; gap: 1rem }
      .scale { flex-direction: column; text-align: right }
      svg { width: 100%; height: 9rem; border: 1px solid var(--edge) }
      .panes, .limit { fill: none; stroke-width: 1.5; vector-effect: non-scaling-stroke }
      .panes { stroke: var(--line) }
      .limit { stroke: var(--limit); stroke-dasharray: 6 4 }
      .within, .outside { font-weight: 600 }
      .outside { color: var(--limit) }
      </style></head><body>
      <h1>A/A reports</h1>
      <p>Each baseline was tested on its own hold-out panes, which are healthy: what the tests say
      of them is what they say when nothing is wrong.</p>
      """;

  private AaReportPage() {}

  /** The page. */
  public static String of(List<BaselineRecord> records) {
    StringBuilder html = new StringBuilder(HEAD);
    records.forEach(record -> section(html, record));
    return html.append("</body></html>\n").toString();
  }

  private static void section(StringBuilder html, BaselineRecord record) {
    AaReport report = record.report();
    html.append("<section><h2>")
        .append(escaped(record.series().model() + " " + record.series().version()))
        .append("</h2>\n")
        .append(
            report.withinBudget()
                ? "<p class=\"within\">Within the page budget. "
                : "<p class=\"outside\">Outside the page budget. ")
        .append(
            format(
                "%.2g alarms a month are to be expected while all is well; %.2g are allowed.</p>\n",
                report.expectedPerMonth(), report.promisedPerMonth()));
    advice(html, report);
    html.append("<dl>\n");
    origin(html, record);
    figures(html, report);
    html.append("</dl>\n");
    chart(
        html,
        report,
        "Residual of each hold-out pane over the healthy one; panes above the dashed line speak"
            + " against the baseline",
        "%.3f",
        Chart.of(report.points().stream().map(Point::residual).toList(), report.tested()));
    chart(
        html,
        report,
        "Evidence that the tests gathered over the hold-out, as a power of ten; they page at the"
            + " dashed line",
        "%.1f",
        Chart.of(
            report.points().stream().map(Point::evidenceLog10).toList(), report.thresholdLog10()));
    html.append("</section>\n");
  }

  private static void advice(StringBuilder html, AaReport report) {
    if (report.advice().isEmpty()) {
      html.append("<p>Nothing speaks against it.</p>\n");
      return;
    }
    html.append("<h3>What would make it better</h3>\n<ul>\n");
    report.advice().forEach(text -> html.append("<li>").append(escaped(text)).append("</li>\n"));
    html.append("</ul>\n");
  }

  private static void origin(StringBuilder html, BaselineRecord record) {
    row(html, "Baseline", record.baseline() + ", " + record.state().label());
    row(html, "Reference", record.series().reference());
    if (!record.series().slice().isEmpty()) {
      row(html, "Slice", record.series().slice());
    }
    record
        .arming()
        .ifPresent(
            arming -> {
              row(html, "Approved by", arming.approval().by());
              row(html, "Tested from", EventTime.format(arming.from()));
              arming.approval().override().ifPresent(text -> row(html, "Override", text));
            });
    record.until().ifPresent(until -> row(html, "Until", EventTime.format(until)));
  }

  private static void figures(StringBuilder html, AaReport report) {
    row(
        html,
        "Hold-out panes",
        format("%d, %d or more are expected", report.panes(), report.leastPanes()));
    row(html, "Alarms of the replay", Integer.toString(report.alarms()));
    row(
        html,
        "Largest evidence",
        format(
            "10^%.1f, pages at 10^%.1f", report.largestEvidenceLog10(), report.thresholdLog10()));
    row(
        html,
        "Autocorrelation",
        format(
            "%.2f, standard error %.2f", report.autocorrelation(), report.autocorrelationError()));
    row(html, "Independent panes", format("%.0f", report.effectivePanes()));
    report
        .hourShare()
        .ifPresent(share -> row(html, "Variance by hour of day", format("%.0f%%", 100 * share)));
    row(
        html,
        "Alarms a month",
        format(
            "by bootstrap of %d panes in blocks of %d",
            report.simulatedPanes(), report.blockPanes()));
  }

  private static void row(StringBuilder html, String name, String value) {
    html.append("<dt>").append(name).append("</dt><dd>").append(escaped(value)).append("</dd>\n");
  }

  /** Letters stay outside of the drawing, which is stretched to the width that there is. */
  private static void chart(
      StringBuilder html, AaReport report, String title, String format, Chart chart) {
    if (report.points().isEmpty()) {
      return;
    }
    html.append("<figure><figcaption>")
        .append(title)
        .append("</figcaption>\n<div class=\"axis scale\"><span>")
        .append(format(format, chart.high()))
        .append("</span><span>")
        .append(format(format, chart.low()))
        .append("</span></div>\n<svg viewBox=\"0 0 1000 100\" preserveAspectRatio=\"none\"")
        .append(" role=\"img\"><title>")
        .append(title)
        .append("</title>")
        .append(chart.lines())
        .append("</svg>\n<div class=\"axis time\"><span>")
        .append(EventTime.format(report.points().get(0).start()))
        .append("</span><span>")
        .append(EventTime.format(report.points().get(report.points().size() - 1).start()))
        .append("</span></div></figure>\n");
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /**
   * A line of figures and a limit.
   *
   * @param figures one or more
   * @param limit drawn across
   * @param low bottom of the drawing
   * @param high its top
   */
  private record Chart(List<Double> figures, double limit, double low, double high) {

    /** Leaves a tenth of the height free, so that no line lies on the edge. */
    static Chart of(List<Double> figures, double limit) {
      double low = limit;
      double high = limit;
      for (double figure : figures) {
        low = Math.min(low, figure);
        high = Math.max(high, figure);
      }
      double room = Math.max((high - low) / 10, 1e-9);
      return new Chart(figures, limit, low, high + room);
    }

    String lines() {
      StringBuilder points = new StringBuilder();
      int last = Math.max(1, figures.size() - 1);
      for (int i = 0; i < figures.size(); i++) {
        points.append(format("%.1f,%.2f ", 1000.0 * i / last, height(figures.get(i))));
      }
      return format(
          "<polyline class=\"panes\" points=\"%s\"/><path class=\"limit\" d=\"M0 %.2fH1000\"/>",
          points.toString().strip(), height(limit));
    }

    private double height(double figure) {
      return 100 * (high - figure) / (high - low);
    }
  }
}
