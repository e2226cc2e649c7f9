package dev.parallax.cli.kafka;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.KafkaSection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * An administrator's connection to the brokers that gives up after {@link #PATIENCE}.
 *
 * <p>Not for the record path; close it after use.
 */
public final class Brokers implements AutoCloseable {

  /** How long an answer may take. */
  public static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Admin admin;
  private final String bootstrapServers;

  private Brokers(Admin admin, String bootstrapServers) {
    this.admin = admin;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Makes a connection; nothing is sent before the first question.
   *
   * @throws CliException if an address cannot be resolved or a client property is wrong
   */
  public static Brokers connect(KafkaSection kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "parallax");
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    try {
      return new Brokers(Admin.create(settings), kafka.bootstrapServers());
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw CliException.failure(
          "cannot connect to " + kafka.bootstrapServers() + ": " + reason.getMessage(), e);
    }
  }

  /** What questions are asked with; see {@link #answer}. */
  Admin admin() {
    return admin;
  }

  /**
   * Waits for an answer.
   *
   * @throws CliException if none comes, or the brokers refuse
   */
  <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw refusal(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failure("interrupted while waiting for " + bootstrapServers, e);
    }
  }

  /**
   * Names of all topics that this principal may see.
   *
   * @throws CliException if no broker answers
   */
  public Set<String> topics() {
    return answer(admin.listTopics().names());
  }

  /**
   * Asks whether a topic is there.
   *
   * @throws CliException if it is not, or no broker answers
   */
  public void requireTopic(String topic) {
    if (!topics().contains(topic)) {
      throw CliException.failure(
          "topic " + topic + " does not exist on " + bootstrapServers + "; see parallax topics");
    }
  }

  /**
   * Whether a topic has never held a record, or holds none any more.
   *
   * @throws CliException if no broker answers
   */
  public boolean isEmpty(String topic) {
    TopicDescription description =
        answer(admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
    return records(description, OffsetSpec.latest()) == records(description, OffsetSpec.earliest());
  }

  private long records(TopicDescription topic, OffsetSpec before) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    topic
        .partitions()
        .forEach(info -> asked.put(new TopicPartition(topic.name(), info.partition()), before));
    return answer(admin.listOffsets(asked).all()).values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  private CliException refusal(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return CliException.failure(
          "no broker answers at "
              + bootstrapServers
              + " within "
              + PATIENCE.toSeconds()
              + " s: check kafka.bootstrap-servers and that the brokers run",
          cause);
    }
    if (cause instanceof AuthenticationException) {
      return CliException.failure(
          bootstrapServers + " refuses our credentials: " + cause.getMessage(), cause);
    }
    return CliException.failure(bootstrapServers + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
