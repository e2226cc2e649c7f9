package dev.parallax.cli.kafka;

import dev.parallax.cli.CliException;
import dev.parallax.cli.kafka.TopicState.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Compares topics with their plans and creates those that are missing. Never changes one. */
public final class TopicSetup {

  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private final Brokers brokers;
  private final List<TopicPlan> plans;

  TopicSetup(Brokers brokers, List<TopicPlan> plans) {
    this.brokers = brokers;
    this.plans = List.copyOf(plans);
  }

  /** How every topic compares with its plan now, in the order of the plans. */
  List<TopicState> examine() {
    Set<String> present = brokers.answer(brokers.admin().listTopics().names());
    List<TopicPlan> existing = plans.stream().filter(p -> present.contains(p.name())).toList();
    List<String> names = existing.stream().map(TopicPlan::name).toList();
    Map<String, TopicDescription> descriptions =
        brokers.answer(brokers.admin().describeTopics(names).allTopicNames());
    Map<ConfigResource, Config> configs =
        brokers.answer(
            brokers
                .admin()
                .describeConfigs(names.stream().map(TopicSetup::resource).toList())
                .all());
    return plans.stream()
        .map(
            plan ->
                present.contains(plan.name())
                    ? compare(
                        plan,
                        descriptions.get(plan.name()).partitions().size(),
                        cleanupPolicy(configs.get(resource(plan.name()))))
                    : new TopicState(plan, Outcome.MISSING, ""))
        .toList();
  }

  /**
   * Creates what is missing.
   *
   * @return how every topic compares with its plan then
   * @throws CliException if one cannot be created; those before it stay
   */
  List<TopicState> create() {
    List<TopicState> states =
        examine().stream()
            .map(state -> state.outcome() == Outcome.MISSING ? created(state.plan()) : state)
            .toList();
    awaitVisible();
    return states;
  }

  /**
   * A topic exists once the controller has it, and can be used once the brokers have heard of it,
   * which they offer no way to be told of.
   */
  private void awaitVisible() {
    List<String> names = plans.stream().map(TopicPlan::name).toList();
    long giveUp = System.nanoTime() + Brokers.PATIENCE.toNanos();
    while (!brokers.answer(brokers.admin().listTopics().names()).containsAll(names)) {
      if (System.nanoTime() > giveUp) {
        throw CliException.failure("the topics were created, but not every broker knows them yet");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(ASK_AGAIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failure("interrupted while the topics were created", e);
    }
  }

  private TopicState created(TopicPlan plan) {
    return create(plan)
        ? new TopicState(plan, Outcome.CREATED, "")
        : new TopicState(plan, Outcome.EXISTS, "somebody else just created it");
  }

  /** Creates a topic; false if someone else just did. */
  private boolean create(TopicPlan plan) {
    KafkaFuture<Void> created =
        brokers.admin().createTopics(List.of(plan.toNewTopic())).values().get(plan.name());
    try {
      brokers.answer(created);
      return true;
    } catch (CliException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw CliException.failure("cannot create " + plan.name() + ": " + e.getMessage(), e);
    }
  }

  private static TopicState compare(TopicPlan plan, int partitions, String cleanupPolicy) {
    boolean compacted = cleanupPolicy.contains(TopicConfig.CLEANUP_POLICY_COMPACT);
    if (compacted != plan.isCompacted()) {
      String expected =
          plan.isCompacted()
              ? TopicConfig.CLEANUP_POLICY_COMPACT
              : TopicConfig.CLEANUP_POLICY_DELETE;
      return new TopicState(
          plan,
          Outcome.UNFIT,
          TopicConfig.CLEANUP_POLICY_CONFIG + "=" + cleanupPolicy + ", expected " + expected);
    }
    return new TopicState(
        plan,
        Outcome.EXISTS,
        partitions == plan.partitions()
            ? ""
            : partitions + " partitions, configured are " + plan.partitions());
  }

  private static String cleanupPolicy(Config config) {
    return config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }
}
