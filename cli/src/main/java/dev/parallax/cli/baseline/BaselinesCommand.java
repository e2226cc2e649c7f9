package dev.parallax.cli.baseline;

import dev.parallax.cli.CliException;
import dev.parallax.cli.Nearest;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ConfigOptions;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.cli.kafka.RecordReader;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command on the baselines of the series that its options admit. */
@Command
abstract class BaselinesCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Mixin private final SeriesFilter filter = new SeriesFilter();

  BaselinesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Does it.
   *
   * @param reader reads any topic
   * @return the exit code
   */
  abstract int run(ParallaxConfig config, RecordReader reader);

  @Override
  public final Integer call() {
    ParallaxConfig config = options.load(terminal.environment());
    try (Brokers brokers = Brokers.connect(config.kafka())) {
      brokers.requireTopic(config.topics().names().baselines());
    }
    try (RecordReader reader = RecordReader.connect(config.kafka())) {
      return run(config, reader);
    }
  }

  Terminal terminal() {
    return terminal;
  }

  SeriesFilter filter() {
    return filter;
  }

  /**
   * What the topic says.
   *
   * @throws CliException if it cannot be read, or the model that is named is a slip of one it knows
   */
  BaselineLog log(ParallaxConfig config, RecordReader reader) {
    BaselineLog log = BaselineLog.read(reader, config.topics().names().baselines(), filter);
    filter
        .model()
        .filter(model -> !log.models().contains(model))
        .flatMap(model -> Nearest.to(model, log.models()))
        .ifPresent(
            near -> {
              throw CliException.failure(
                  "no baseline of " + filter + ": did you mean " + near + "?");
            });
    return log;
  }

  /** An order is of a model that is named. */
  void requireModel() {
    if (filter.model().isEmpty()) {
      throw CliException.usage("expected --model NAME");
    }
  }

  /** Prints rows under each other, the first of them the heading. */
  void print(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(String.format("%-" + widths[i] + "s  ", row.get(i)));
      }
      terminal.out().println(line.toString().stripTrailing());
    }
  }
}
