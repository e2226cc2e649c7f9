package dev.parallax.cli.baseline;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.drift.BaselineRecord;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax baseline approve}: arms baselines that wait. */
@Command(
    name = "approve",
    description = {
      "Arm the baselines of a model that wait for approval.",
      "One whose A/A report is outside the page budget needs --override; the reason is recorded."
    })
final class ApproveBaselineCommand extends BaselinesCommand {

  private static final int MOST_CHARACTERS = 1_000;

  @Option(
      names = "--override",
      paramLabel = "REASON",
      description = "Approve what is outside the page budget, and say why.")
  private Optional<String> override = Optional.empty();

  ApproveBaselineCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(ParallaxConfig config, RecordReader reader) {
    requireModel();
    if (override.isPresent() && override.get().isBlank()) {
      throw CliException.usage("--override: expected a reason, got none");
    }
    if (override.isPresent() && override.get().length() > MOST_CHARACTERS) {
      throw CliException.usage(
          "--override: expected at most "
              + MOST_CHARACTERS
              + " characters, got "
              + override.get().length());
    }
    List<BaselineRecord> waiting = log(config, reader).records(BaselineRecord.State.COLLECTED);
    if (waiting.isEmpty()) {
      throw CliException.failure(
          "no baseline of " + filter() + " waits for approval; see parallax baseline list");
    }
    for (BaselineRecord record : waiting) {
      if (!record.report().withinBudget() && override.isEmpty()) {
        throw CliException.failure(
            "baseline "
                + record.baseline()
                + " is outside the page budget, which needs --override REASON: "
                + String.join("; ", record.report().advice()));
      }
    }
    OrderSender.send(
        config,
        waiting.stream()
            .map(
                record ->
                    new BaselineOrder(
                        BaselineOrder.Kind.ARM,
                        record.series(),
                        record.baseline(),
                        OrderSender.approval(
                            record.report().withinBudget() ? Optional.empty() : override)))
            .toList());
    waiting.forEach(
        record ->
            terminal()
                .out()
                .println("approved " + record.baseline() + " of " + record.series().key()));
    return ExitCode.OK;
  }
}
