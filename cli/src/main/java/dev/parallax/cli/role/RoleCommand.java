package dev.parallax.cli.role;

import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Interrupt;
import dev.parallax.cli.Logging;
import dev.parallax.cli.ScratchFolder;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ConfigOptions;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.cli.kafka.TopicReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A command that runs roles until it is told to stop. It refuses to start without its brokers and
 * topics; once started, it outlives their absence.
 */
@Command
abstract class RoleCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  RoleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Starts the roles.
   *
   * @param roles takes each as soon as it has started
   * @param scratch folder for what need not outlive the process
   */
  abstract void start(Roles roles, ParallaxConfig config, Path scratch);

  @Override
  public final Integer call() throws Exception {
    Logging.warnings();
    ParallaxConfig config = options.load(terminal.environment());
    try (Brokers brokers = Brokers.connect(config.kafka())) {
      TopicReport.of(brokers, config).requireUsable();
    }
    return Interrupt.during(interrupt -> run(config, interrupt));
  }

  private int run(ParallaxConfig config, Interrupt interrupt) throws InterruptedException {
    try (ScratchFolder scratch = ScratchFolder.create("role");
        Roles roles = new Roles(terminal)) {
      start(roles, config, scratch.path());
      terminal.err().println("Ctrl-C stops");
      roles.awaitStop(interrupt);
    }
    return ExitCode.OK;
  }
}
