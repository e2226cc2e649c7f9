package dev.parallax.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.CommandRun;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.core.drift.BaselineWire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandTest {

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.temporary();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void createsWhatIsMissingAndSaysSoTheSecondTime() throws Exception {
    Path file = config("first", 3);

    CommandRun plan = topics(file, "--dry-run");
    CommandRun first = topics(file);
    CommandRun second = topics(file);

    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .contains("first.scores        would be created (3 partitions, 1 copy, compacted)");
    assertThat(first.out())
        .contains("first.events        created (3 partitions, 1 copy)")
        .contains("first.baselines     created (3 partitions, 1 copy, compacted)");
    assertThat(first.out().lines()).hasSize(5);
    assertThat(second.out().lines()).hasSize(5).allMatch(line -> line.endsWith("  exists"));
    assertThat(second.exitCode()).isZero();
    assertThat(setting("first.scores", "min.compaction.lag.ms")).isEqualTo("604800000");
    assertThat(setting("first.baselines", "cleanup.policy")).isEqualTo("compact");
    assertThat(setting("first.baselines", "max.message.bytes"))
        .isEqualTo(Integer.toString(BaselineWire.MAX_BYTES + 65_536));
    assertThat(setting("first.alerts", "cleanup.policy")).isEqualTo("delete");
  }

  @Test
  void saysWhereAnExistingTopicDiffersAndLeavesIt() throws Exception {
    create("second.events", 7);
    Path file = config("second", 3);

    assertThat(topics(file).out())
        .contains("second.events        exists: 7 partitions, configured are 3");

    create("third.scores", 3);
    CommandRun uncompacted = topics(config("third", 3));

    assertThat(uncompacted.out()).contains("third.events        created");
    uncompacted.failedWith(
        1,
        "parallax topics: third.scores exists with cleanup.policy=delete, expected compact;"
            + " change or rename it");
  }

  @Test
  void anUnreachableBrokerIsOneLineWithinTenSeconds() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    long start = System.nanoTime();

    CommandRun run = CommandRun.of("topics", "--set", "kafka.bootstrap-servers=127.0.0.1:" + port);

    run.failedWith(
        1,
        "parallax topics: no broker answers at 127.0.0.1:"
            + port
            + " within 8 s: check kafka.bootstrap-servers and that the brokers run");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
  }

  @Test
  void aHostThatDoesNotExistIsOneLine() {
    CommandRun.of("topics", "--set", "kafka.bootstrap-servers=no-such-host.invalid:9092")
        .failedWith(
            1,
            "parallax topics: cannot connect to no-such-host.invalid:9092: No resolvable bootstrap"
                + " urls given in bootstrap.servers");
  }

  @Test
  void aWrongConfigurationIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.yaml"), "topics:\n  partition: 3\n");
    Path missing = folder.resolve("missing.yaml");

    topics(file)
        .failedWith(
            1,
            "parallax topics: "
                + file
                + ": line 2: unknown key topics.partition: did you mean topics.partitions?");
    topics(missing)
        .failedWith(
            1, "parallax topics: " + missing + ": cannot read the configuration: no such file");
    CommandRun.of("topics", "--set", "topics.partitions=none")
        .failedWith(
            2,
            "parallax topics: --set: topics.partitions=none: expected a whole number from 1 to"
                + " 10000");
    CommandRun.of(Map.of("PARALLAX_TOPICS_EVENTS", "a b"), "topics")
        .failedWith(
            1,
            "parallax topics: environment PARALLAX_TOPICS_EVENTS: topics.events=a b: expected a"
                + " topic name of letters, digits, '.', '_' and '-'");
  }

  private static CommandRun topics(Path file, String... more) {
    String[] arguments = {"topics", "--config", file.toString()};
    return CommandRun.of(
        more.length == 0
            ? arguments
            : new String[] {arguments[0], arguments[1], arguments[2], more[0]});
  }

  private static Path config(String prefix, int partitions) throws IOException {
    String text =
        """
        kafka.bootstrap-servers: %1$s
        topics:
          partitions: %2$d
          events: %3$s.events
          dead-letters: %3$s.dead-letters
          scores: %3$s.scores
          alerts: %3$s.alerts
          baselines: %3$s.baselines
        """
            .formatted(kafka.bootstrapServers(), partitions, prefix);
    return Files.writeString(folder.resolve(prefix + ".yaml"), text);
  }

  private static void create(String topic, int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
      // The controller has it; the broker that lists topics follows a moment later.
      while (!admin.listTopics().names().get().contains(topic)) {
        Thread.onSpinWait();
      }
    }
  }

  private static String setting(String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = admin()) {
      return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}
