package dev.parallax.cli.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Settings of the embedded broker.
 *
 * @param directory folder of its data
 * @param host address that it listens on
 * @param brokerPort port for clients
 * @param controllerPort port on which it talks to itself
 */
record BrokerSettings(Path directory, String host, int brokerPort, int controllerPort) {

  /** In a folder that Kafka has formatted. */
  static final String META_PROPERTIES = "meta.properties";

  private static final int NODE = 1;
  private static final String CONTROLLER = "CONTROLLER";
  private static final String BROKER = "BROKER";
  private static final String FOREVER = Long.toString(Long.MAX_VALUE);

  /** Prepares a folder that holds nothing yet. */
  void formatIfNew() throws Exception {
    if (Files.exists(directory.resolve(META_PROPERTIES))) {
      return;
    }
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE)
        .addDirectory(directory.toString())
        .setMetadataLogDirectory(directory.toString())
        .setControllerListenerName(CONTROLLER)
        .run();
  }

  KafkaConfig config() {
    Map<String, Object> properties = new HashMap<>();
    listeners(properties);
    singleNode(properties);
    anyTime(properties);
    small(properties);
    return new KafkaConfig(properties, false);
  }

  private void listeners(Map<String, Object> properties) {
    String broker = BROKER + "://" + host + ":" + brokerPort;
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE));
    properties.put("listeners", broker + "," + CONTROLLER + "://" + host + ":" + controllerPort);
    properties.put("advertised.listeners", broker);
    properties.put(
        "listener.security.protocol.map", BROKER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    properties.put("inter.broker.listener.name", BROKER);
    properties.put("controller.listener.names", CONTROLLER);
    properties.put("controller.quorum.voters", NODE + "@" + host + ":" + controllerPort);
    properties.put("log.dirs", directory.toString());
  }

  private static void singleNode(Map<String, Object> properties) {
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("auto.create.topics.enable", "false");
  }

  /** Records of any time stay: the first retention pass would take those of an earlier day. */
  private static void anyTime(Map<String, Object> properties) {
    properties.put("log.retention.ms", "-1");
    properties.put("log.roll.ms", FOREVER);
    properties.put("log.message.timestamp.after.max.ms", FOREVER);
    properties.put("log.message.timestamp.before.max.ms", FOREVER);
    properties.put("transaction.max.timeout.ms", "3600000");
  }

  /** Little memory and few threads: the demo's JVM holds more than a broker. */
  private static void small(Map<String, Object> properties) {
    properties.put("num.network.threads", "1");
    properties.put("num.io.threads", "2");
    properties.put("background.threads", "2");
    properties.put("num.recovery.threads.per.data.dir", "1");
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    properties.put("metric.reporters", "");
  }
}
