package dev.parallax.core.drift;

import dev.parallax.core.drift.AaReport.Point;
import dev.parallax.core.embedding.EventTime;
import java.util.List;
import java.util.Locale;

/** A/A reports as one HTML page that needs nothing from elsewhere, and no script. */
public final class AaReportPage {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 160;

  private AaReportPage() {}

  /** The page. */
  public static String of(List<BaselineRecord> records) {
    StringBuilder html = new StringBuilder();
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>A/A reports</title>
        <style>
        body { font: 16px/1.5 sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
        th { text-align: left; font-weight: normal; padding-right: 2rem }
        svg { width: 100%; height: auto }
        .panes { fill: none; stroke: #1f6feb; stroke-width: 1.5 }
        .tested { stroke: #b42318; stroke-dasharray: 6 4 }
        </style></head><body>
        <h1>A/A reports</h1>
        """);
    records.forEach(record -> section(html, record));
    return html.append("</body></html>\n").toString();
  }

  private static void section(StringBuilder html, BaselineRecord record) {
    AaReport report = record.report();
    html.append("<h2>")
        .append(escaped(record.series().model() + " " + record.series().version()))
        .append("</h2>\n<p><strong>")
        .append(report.withinBudget() ? "Within the page budget." : "Outside the page budget.")
        .append("</strong></p>\n<table>\n");
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
    row(html, "Hold-out panes", "%d, expected %d", report.panes(), report.leastPanes());
    row(html, "Alarms of the replay", "%d", report.alarms());
    row(
        html,
        "Largest evidence",
        "10^%.1f, pages at 10^%.1f",
        report.largestEvidenceLog10(),
        report.thresholdLog10());
    row(
        html,
        "Autocorrelation",
        "%.2f, standard error %.2f",
        report.autocorrelation(),
        report.autocorrelationError());
    row(html, "Independent panes", "%.0f", report.effectivePanes());
    report
        .hourShare()
        .ifPresent(share -> row(html, "Variance by hour of day", "%.0f%%", 100 * share));
    row(
        html,
        "Alarms a month",
        "%.2g expected (bootstrap of %d panes, blocks of %d), %.2g allowed",
        report.expectedPerMonth(),
        report.simulatedPanes(),
        report.blockPanes(),
        report.promisedPerMonth());
    html.append("</table>\n");
    chart(html, report);
    if (!report.advice().isEmpty()) {
      html.append("<ul>\n");
      report.advice().forEach(text -> html.append("<li>").append(escaped(text)).append("</li>\n"));
      html.append("</ul>\n");
    }
  }

  private static void row(StringBuilder html, String name, String format, Object... values) {
    String value = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    html.append("<tr><th>").append(name).append("</th><td>").append(escaped(value));
    html.append("</td></tr>\n");
  }

  private static void chart(StringBuilder html, AaReport report) {
    double low = report.tested();
    double high = report.tested();
    for (Point point : report.points()) {
      low = Math.min(low, point.residual());
      high = Math.max(high, point.residual());
    }
    double span = Math.max(high - low, 1e-9);
    html.append("<svg viewBox=\"-10 -10 ").append(WIDTH + 20).append(' ').append(HEIGHT + 20);
    html.append("\" role=\"img\"><title>Residual of each hold-out pane over the healthy one, and")
        .append(" the tested mean</title>\n<polyline class=\"panes\" points=\"");
    int last = Math.max(1, report.points().size() - 1);
    for (int i = 0; i < report.points().size(); i++) {
      double y = HEIGHT * (high - report.points().get(i).residual()) / span;
      html.append(String.format(Locale.ROOT, "%.1f,%.1f ", (double) WIDTH * i / last, y));
    }
    double tested = HEIGHT * (high - report.tested()) / span;
    html.append("\"/>\n")
        .append(
            String.format(
                Locale.ROOT,
                "<line class=\"tested\" x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n</svg>\n",
                WIDTH,
                tested,
                tested));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
