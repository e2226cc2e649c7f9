package dev.parallax.cli.baseline;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.core.drift.AaReport;
import dev.parallax.core.drift.AaReportPage;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax baseline report}: what the A/A reports of baselines say. */
@Command(
    name = "report",
    description = "Show the A/A reports of baselines: the alarms to expect while all is well.")
final class ReportBaselineCommand extends BaselinesCommand {

  @Option(names = "--html", paramLabel = "FILE", description = "Also write them as a page.")
  private Optional<Path> html = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Also write them as JSON.")
  private Optional<Path> json = Optional.empty();

  ReportBaselineCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(ParallaxConfig config, RecordReader reader) {
    List<BaselineRecord> records =
        log(config, reader).records().stream().filter(r -> r.until().isEmpty()).toList();
    if (records.isEmpty()) {
      throw CliException.failure("no baseline of " + filter() + " was collected yet");
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "MODEL",
            "VERSION",
            "REFERENCE",
            "BASELINE",
            "STATE",
            "PANES",
            "ALARMS",
            "EVIDENCE",
            "AUTOCORRELATION",
            "ALARMS A MONTH",
            "BUDGET"));
    records.forEach(record -> rows.add(row(record)));
    print(rows);
    for (BaselineRecord record : records) {
      for (String advice : record.report().advice()) {
        terminal().out().println(record.baseline() + ": " + advice);
      }
    }
    html.ifPresent(file -> write(file, AaReportPage.of(records)));
    json.ifPresent(file -> write(file, json(records) + "\n"));
    return ExitCode.OK;
  }

  private static List<String> row(BaselineRecord record) {
    AaReport report = record.report();
    return List.of(
        record.series().model(),
        record.series().version(),
        record.series().reference(),
        record.baseline(),
        record.state().label(),
        Integer.toString(report.panes()),
        Integer.toString(report.alarms()),
        String.format(
            Locale.ROOT, "%.1f of %.1f", report.largestEvidenceLog10(), report.thresholdLog10()),
        String.format(
            Locale.ROOT, "%.2f +- %.2f", report.autocorrelation(), report.autocorrelationError()),
        String.format(
            Locale.ROOT, "%.2g of %.2g", report.expectedPerMonth(), report.promisedPerMonth()),
        report.withinBudget() ? "within" : "outside");
  }

  private static String json(List<BaselineRecord> records) {
    return CanonicalJson.object(
        json ->
            json.objects(
                "baselines",
                records,
                (entry, record) ->
                    entry
                        .field("model", record.series().model())
                        .field("version", record.series().version())
                        .field("reference", record.series().reference())
                        .field("slice", record.series().slice())
                        .field("state", record.state().label())
                        .object("report", record.report()::writeTo)));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw CliException.failure(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
