package dev.parallax.cli.kafka;

import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.config.TopicsSection;
import dev.parallax.core.drift.BaselineWire;
import java.time.Duration;
import java.util.HashMap;
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

  /** Room beside the value of a record. */
  private static final int KEY_AND_HEADERS_BYTES = 65_536;

  TopicPlan {
    settings = Map.copyOf(settings);
  }

  /** All topics of a configuration, in the order of the flow. */
  static List<TopicPlan> of(ParallaxConfig config) {
    TopicsSection topics = config.topics();
    int bytes = Math.addExact(config.ingest().limits().maxRecordBytes(), KEY_AND_HEADERS_BYTES);
    Map<String, String> largest =
        Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
    return List.of(
        plan(topics, topics.names().events(), largest),
        plan(topics, topics.names().deadLetters(), largest),
        plan(topics, topics.names().scores(), compacted(topics.scoreHistory())),
        plan(topics, topics.names().alerts(), Map.of()),
        plan(topics, topics.names().baselines(), baselines()));
  }

  /** The topics that services publish to, with the broker's settings. */
  static List<TopicPlan> ofSources(ParallaxConfig config) {
    return config.ingest().sourceTopics().stream()
        .map(name -> plan(config.topics(), name, Map.of()))
        .toList();
  }

  boolean isCompacted() {
    return settings.containsKey(TopicConfig.CLEANUP_POLICY_CONFIG);
  }

  NewTopic toNewTopic() {
    return new NewTopic(name, partitions, (short) replicationFactor).configs(settings);
  }

  /** Compressed, the largest baseline is smaller; one that does not compress must fit too. */
  private static Map<String, String> baselines() {
    Map<String, String> settings = new HashMap<>(compacted(Duration.ZERO));
    settings.put(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(BaselineWire.MAX_BYTES + KEY_AND_HEADERS_BYTES));
    return settings;
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
