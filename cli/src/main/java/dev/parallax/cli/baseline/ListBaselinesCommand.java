package dev.parallax.cli.baseline;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.core.drift.Approval;
import dev.parallax.core.drift.Arming;
import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.drift.BaselineRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code parallax baseline list}: every baseline and what has become of it. */
@Command(
    name = "list",
    description = "List the baselines of every series, what became of them and who approved them.")
final class ListBaselinesCommand extends BaselinesCommand {

  ListBaselinesCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(ParallaxConfig config, RecordReader reader) {
    BaselineLog log = log(config, reader);
    List<BaselineRecord> records = log.records();
    if (records.isEmpty()) {
      if (!filter().isEmpty()) {
        throw CliException.failure("no baseline of " + filter() + " was collected yet");
      }
      terminal().out().println("no baseline was collected yet");
      return ExitCode.OK;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "MODEL",
            "VERSION",
            "REFERENCE",
            "SLICE",
            "BASELINE",
            "STATE",
            "PANES",
            "BUDGET",
            "APPROVED BY",
            "AT",
            "OVERRIDE"));
    for (BaselineRecord record : records) {
      Optional<Approval> approval =
          record
              .arming()
              .map(Arming::approval)
              .or(() -> log.approval(record).map(BaselineOrder::approval));
      boolean isOrdered = record.state() == BaselineRecord.State.COLLECTED && approval.isPresent();
      rows.add(
          List.of(
              record.series().model(),
              record.series().version(),
              record.series().reference(),
              record.series().slice(),
              record.baseline(),
              record.state().label() + (isOrdered ? ", approved" : ""),
              Integer.toString(record.report().panes()),
              record.report().withinBudget() ? "within" : "outside",
              approval.map(Approval::by).orElse("-"),
              approval.map(a -> time(a.atMillis())).orElse("-"),
              approval.flatMap(Approval::override).orElse("")));
    }
    print(rows);
    return ExitCode.OK;
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
