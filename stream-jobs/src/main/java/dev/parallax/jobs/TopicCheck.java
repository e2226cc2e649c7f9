package dev.parallax.jobs;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the brokers, before the job starts, whether its topics are there; what is missing would
 * otherwise show as a job that fails and restarts for ever.
 */
final class TopicCheck {

  /** Unless the configuration's client properties say otherwise. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** How long it may take until every broker knows of a topic that was created just now. */
  private static final Duration NEWS_TRAVEL_TIME = Duration.ofSeconds(3);

  private static final long ASK_AGAIN_MILLIS = 50;

  private TopicCheck() {}

  /**
   * Checks that topics exist.
   *
   * @throws MonitorException if no broker answers or a topic is not there
   */
  static void run(MonitorConfig config, List<String> topics) {
    String brokers = config.bootstrapServers();
    try (Admin admin = Admin.create(properties(config))) {
      long giveUp = System.nanoTime() + NEWS_TRAVEL_TIME.toNanos();
      for (String topic : topics) {
        while (!exists(admin, topic)) {
          if (System.nanoTime() - giveUp > 0) {
            throw new MonitorException("topic " + topic + " does not exist on " + brokers, null);
          }
          Thread.sleep(ASK_AGAIN_MILLIS);
        }
      }
    } catch (TimeoutException e) {
      throw new MonitorException("no broker answers at " + brokers, e);
    } catch (KafkaException e) {
      throw new MonitorException("brokers at " + brokers + ": " + innermost(e).getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MonitorException("interrupted while asking brokers at " + brokers, e);
    }
  }

  private static Map<String, Object> properties(MonitorConfig config) {
    Map<String, Object> properties = new HashMap<>(config.clientProperties());
    String millis = Long.toString(TIMEOUT.toMillis());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    return properties;
  }

  private static boolean exists(Admin admin, String topic) throws InterruptedException {
    try {
      admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }

  private static Throwable innermost(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost;
  }
}
