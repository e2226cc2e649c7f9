package dev.parallax.cli.kafka;

import dev.parallax.cli.config.TopicsSection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as it should be.
 *
 * @param name its name
 * @param partitions its partitions
 * @param replicationFactor copies of each
 * @param settings what differs from the broker's defaults
 */
record TopicPlan(String name, int partitions, int replicationFactor, Map<String, String> settings) {

  TopicPlan {
    settings = Map.copyOf(settings);
  }

  /** All topics of a configuration, in the order of the flow. */
  static List<TopicPlan> of(TopicsSection topics) {
    return List.of(
        plan(topics, topics.names().events(), Map.of()),
        plan(topics, topics.names().deadLetters(), Map.of()),
        plan(topics, topics.names().scores(), compacted(topics.scoreHistory())),
        plan(topics, topics.names().alerts(), Map.of()),
        plan(topics, topics.names().baselines(), compacted(Duration.ZERO)));
  }

  boolean isCompacted() {
    return settings.containsKey(TopicConfig.CLEANUP_POLICY_CONFIG);
  }

  NewTopic toNewTopic() {
    return new NewTopic(name, partitions, (short) replicationFactor).configs(settings);
  }

  private static TopicPlan plan(TopicsSection topics, String name, Map<String, String> settings) {
    return new TopicPlan(name, topics.partitions(), topics.replicationFactor(), settings);
  }

  private static Map<String, String> compacted(Duration history) {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT,
        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
        Long.toString(history.toMillis()));
  }
}
