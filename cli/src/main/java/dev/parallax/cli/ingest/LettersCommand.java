package dev.parallax.cli.ingest;

import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ConfigOptions;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.cli.kafka.RecordReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command on the dead letters that its options admit. */
@Command
abstract class LettersCommand implements Callable<Integer> {

  /** How results are printed. */
  enum Format {
    TABLE,
    JSON
  }

  private final Terminal terminal;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Mixin private final LetterFilter filter = new LetterFilter();

  LettersCommand(Terminal terminal) {
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
    filter.check();
    ParallaxConfig config = options.load(terminal.environment());
    try (Brokers brokers = Brokers.connect(config.kafka())) {
      brokers.requireTopic(config.topics().names().deadLetters());
    }
    try (RecordReader reader = RecordReader.connect(config.kafka())) {
      return run(config, reader);
    }
  }

  Terminal terminal() {
    return terminal;
  }

  LetterFilter filter() {
    return filter;
  }

  LetterBox open(ParallaxConfig config, RecordReader reader) {
    return LetterBox.open(reader, config.topics().names().deadLetters(), filter);
  }
}
