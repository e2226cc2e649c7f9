package dev.parallax.cli.kafka;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.TopicState.Outcome;
import java.util.List;

/**
 * Which topics of a configuration would not serve.
 *
 * @param missing names of those that do not exist
 * @param unfit those that exist with a setting that loses records or meaning, and which
 */
public record TopicReport(List<String> missing, List<String> unfit) {

  /** Copies the lists. */
  public TopicReport {
    missing = List.copyOf(missing);
    unfit = List.copyOf(unfit);
  }

  /**
   * Compares the topics with their plans.
   *
   * @throws CliException if the brokers do not answer
   */
  public static TopicReport of(Brokers brokers, ParallaxConfig config) {
    List<TopicState> states = new TopicSetup(brokers, TopicPlan.of(config)).examine();
    return new TopicReport(
        states.stream()
            .filter(state -> state.outcome() == Outcome.MISSING)
            .map(state -> state.plan().name())
            .toList(),
        states.stream()
            .filter(state -> state.outcome() == Outcome.UNFIT)
            .map(state -> state.plan().name() + " has " + state.detail())
            .toList());
  }

  /**
   * Refuses to go on with topics that would not serve.
   *
   * @throws CliException naming them and what to do
   */
  public void requireUsable() {
    if (!missing.isEmpty()) {
      throw CliException.failure(
          "topics are missing: " + String.join(", ", missing) + ": run parallax topics");
    }
    if (!unfit.isEmpty()) {
      throw CliException.failure("topics do not serve: " + String.join("; ", unfit));
    }
  }
}
