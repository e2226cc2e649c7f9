package dev.parallax.cli.baseline;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.drift.BaselineRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax baseline collect}: drops the baselines of a model and collects new ones. */
@Command(
    name = "collect",
    description = {
      "Drop the baselines of a model and collect new ones, as after a wanted change.",
      "A series without a baseline collects one anyway."
    })
final class CollectBaselineCommand extends BaselinesCommand {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  @Option(names = "--wait", description = "Wait until the new ones are collected.")
  private boolean waits;

  CollectBaselineCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(ParallaxConfig config, RecordReader reader) {
    requireModel();
    List<BaselineRecord> before = current(config, reader);
    if (before.isEmpty()) {
      throw CliException.failure(
          "no baseline of " + filter() + ": it has none yet, so one is being collected");
    }
    OrderSender.send(
        config,
        before.stream()
            .map(
                record ->
                    new BaselineOrder(
                        BaselineOrder.Kind.COLLECT,
                        record.series(),
                        record.baseline(),
                        OrderSender.approval(Optional.empty())))
            .toList());
    before.forEach(
        record ->
            terminal()
                .out()
                .println("dropping " + record.baseline() + " of " + record.series().key()));
    if (waits) {
      await(config, reader, before);
    }
    return ExitCode.OK;
  }

  private List<BaselineRecord> current(ParallaxConfig config, RecordReader reader) {
    return log(config, reader).records().stream()
        .filter(record -> record.until().isEmpty())
        .toList();
  }

  private void await(ParallaxConfig config, RecordReader reader, List<BaselineRecord> before) {
    Set<String> dropped = before.stream().map(BaselineRecord::key).collect(Collectors.toSet());
    Set<String> missing =
        before.stream().map(record -> record.series().key()).collect(Collectors.toSet());
    while (!missing.isEmpty()) {
      for (BaselineRecord record : current(config, reader)) {
        if (!dropped.contains(record.key()) && missing.remove(record.series().key())) {
          terminal()
              .out()
              .println(
                  record.state().label()
                      + " "
                      + record.baseline()
                      + " of "
                      + record.series().key());
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failure("interrupted while waiting for a baseline", e);
    }
  }
}
