package dev.parallax.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the brokers, before anything starts, whether every topic is there and takes the largest
 * record; what is missing would otherwise show as threads that die and come back.
 */
final class TopicCheck {

  /** How long it may take until every broker knows of a topic that was created just now. */
  private static final Duration NEWS_TRAVEL_TIME = Duration.ofSeconds(3);

  private static final long ASK_AGAIN_MILLIS = 50;

  private final IngestConfig config;
  private final Duration timeout;

  TopicCheck(IngestConfig config, Duration timeout) {
    this.config = config;
    this.timeout = timeout;
  }

  /**
   * Checks the topics.
   *
   * @throws IngestStartException if the brokers cannot be reached or a topic is not as it must be
   */
  void run() {
    Map<String, Object> properties = new HashMap<>(config.client());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    String millis = Long.toString(timeout.toMillis());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    try (Admin admin = Admin.create(properties)) {
      checkThatTopicsExist(admin);
      checkThatLargestRecordFits(admin);
    } catch (TimeoutException e) {
      throw new IngestStartException(
          "no broker answers at " + config.bootstrapServers() + " within " + timeout, e);
    } catch (KafkaException e) {
      throw new IngestStartException(
          "brokers at " + config.bootstrapServers() + ": " + innermostMessage(e), e);
    }
  }

  private void checkThatTopicsExist(Admin admin) {
    Instant giveUp = Instant.now().plus(NEWS_TRAVEL_TIME);
    for (String source : config.sourceTopics()) {
      checkThatExists(admin, "source topic", source, giveUp);
    }
    for (String written : writtenTopics()) {
      checkThatExists(admin, "topic", written, giveUp);
    }
  }

  private void checkThatExists(Admin admin, String role, String topic, Instant giveUp) {
    try {
      while (!exists(admin, topic)) {
        if (Instant.now().isAfter(giveUp)) {
          throw new IngestStartException(
              role + " " + topic + " does not exist on " + config.bootstrapServers());
        }
        Thread.sleep(ASK_AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (AuthorizationException e) {
      throw new IngestStartException(
          role + " " + topic + " may not be described by this principal", e);
    }
  }

  private static boolean exists(Admin admin, String topic) {
    try {
      get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
      return true;
    } catch (UnknownTopicOrPartitionException e) {
      return false;
    }
  }

  private void checkThatLargestRecordFits(Admin admin) {
    List<ConfigResource> resources =
        writtenTopics().stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
            .toList();
    Map<ConfigResource, KafkaFuture<Config>> configs = admin.describeConfigs(resources).values();
    int needed = StreamsProperties.largestRecordBytes(config);
    for (ConfigResource resource : resources) {
      int allowed = maxMessageBytes(configs.get(resource));
      if (allowed < needed) {
        throw new IngestStartException(
            String.format(
                "topic %s has %s=%d: limits.maxRecordBytes=%d needs at least %d",
                resource.name(),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                allowed,
                config.limits().maxRecordBytes(),
                needed));
      }
    }
  }

  /** Without the right to read a topic's configuration there is nothing to compare with. */
  private static int maxMessageBytes(KafkaFuture<Config> topic) {
    try {
      return Integer.parseInt(get(topic).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
    } catch (AuthorizationException e) {
      return Integer.MAX_VALUE;
    }
  }

  private List<String> writtenTopics() {
    return List.of(config.topics().events(), config.topics().deadLetters());
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException known) {
        throw known;
      }
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static String innermostMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
