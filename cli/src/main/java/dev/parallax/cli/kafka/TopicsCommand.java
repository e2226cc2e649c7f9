package dev.parallax.cli.kafka;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ConfigOptions;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.TopicState.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax topics}: creates the topics that are missing and changes none. */
@Command(
    name = "topics",
    description = "Create the topics that are missing; existing ones stay as they are.")
public final class TopicsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Option(names = "--dry-run", description = "Only say what is missing.")
  private boolean dryRun;

  @Option(
      names = "--with-sources",
      description = "Also the topics of ingest.sources, which are otherwise the services' own.")
  private boolean withSources;

  /** A command that prints to {@code terminal}. */
  public TopicsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ParallaxConfig config = options.load(terminal.environment());
    List<TopicPlan> plans = new ArrayList<>(TopicPlan.of(config));
    if (withSources) {
      plans.addAll(TopicPlan.ofSources(config));
    }
    int width = plans.stream().mapToInt(plan -> plan.name().length()).max().orElse(0);
    List<TopicState> states;
    try (Brokers brokers = Brokers.connect(config.kafka())) {
      TopicSetup setup = new TopicSetup(brokers, plans);
      states = dryRun ? setup.examine() : setup.create();
    }
    for (TopicState state : states) {
      String name = String.format("%-" + width + "s", state.plan().name());
      terminal.out().println((name + "  " + label(state) + described(state)).stripTrailing());
    }
    states.stream()
        .filter(state -> state.outcome() == Outcome.UNFIT)
        .findFirst()
        .ifPresent(
            state -> {
              throw CliException.failure(
                  state.plan().name() + " exists with " + state.detail() + "; change or rename it");
            });
    return ExitCode.OK;
  }

  private String label(TopicState state) {
    return state.outcome() == Outcome.MISSING && dryRun
        ? "would be created"
        : state.outcome().label();
  }

  private static String described(TopicState state) {
    TopicPlan plan = state.plan();
    if (!state.detail().isEmpty()) {
      return ": " + state.detail();
    }
    return state.outcome() == Outcome.EXISTS
        ? ""
        : String.format(
            " (%d partitions, %d %s%s)",
            plan.partitions(),
            plan.replicationFactor(),
            plan.replicationFactor() == 1 ? "copy" : "copies",
            plan.isCompacted() ? ", compacted" : "");
  }
}
