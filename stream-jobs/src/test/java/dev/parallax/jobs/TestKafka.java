package dev.parallax.jobs;

import dev.parallax.core.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** A real KRaft broker in this process. */
@SuppressWarnings("try") // The test kit's close may be interrupted.
final class TestKafka implements AutoCloseable {

  /** How long anything that a test waits for may take. */
  static final Duration LIMIT = Duration.ofSeconds(120);

  private final KafkaClusterTestKit kit;
  private final Admin admin;

  private TestKafka(KafkaClusterTestKit kit) {
    this.kit = kit;
    this.admin = Admin.create(Map.of("bootstrap.servers", kit.bootstrapServers()));
  }

  static TestKafka start() throws Exception {
    TestKitNodes nodes =
        new TestKitNodes.Builder()
            .setCombined(true)
            .setNumBrokerNodes(1)
            .setNumControllerNodes(1)
            .build();
    KafkaClusterTestKit kit =
        new KafkaClusterTestKit.Builder(nodes)
            .setConfigProp("offsets.topic.replication.factor", "1")
            .setConfigProp("offsets.topic.num.partitions", "1")
            .setConfigProp("transaction.state.log.replication.factor", "1")
            .setConfigProp("transaction.state.log.min.isr", "1")
            .setConfigProp("transaction.state.log.num.partitions", "1")
            // A busy machine must not make the broker look dead to its own controller.
            .setConfigProp("broker.session.timeout.ms", "120000")
            .setConfigProp("group.initial.rebalance.delay.ms", "0")
            .build();
    kit.format();
    kit.startup();
    kit.waitForReadyBrokers();
    return new TestKafka(kit);
  }

  String bootstrapServers() {
    return kit.bootstrapServers();
  }

  /** Creates a topic and waits until each of its partitions has a leader that answers. */
  void createTopic(String name, int partitions) throws Exception {
    admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    Instant giveUp = Instant.now().plusSeconds(30);
    while (!answers(name, partitions)) {
      if (Instant.now().isAfter(giveUp)) {
        throw new AssertionError("no leader of every partition of " + name);
      }
      Thread.sleep(50);
    }
  }

  /**
   * A job over topics of its own. They have one partition each: what is sent in order of time is
   * read so, however the runs are cut.
   */
  MonitorConfig job(String events, Path workDir) throws Exception {
    return job(events, 1, workDir);
  }

  /** The same with more partitions for the events. */
  MonitorConfig job(String events, int partitions, Path workDir) throws Exception {
    MonitorConfig config = World.config(bootstrapServers(), events, 1, workDir);
    createTopic(events, partitions);
    Topics topics = config.topics();
    for (String topic :
        List.of(topics.scores(), topics.alerts(), topics.baselines(), topics.deadLetters())) {
      createTopic(topic, 1);
    }
    return config;
  }

  /** Waits for what takes its time. */
  static void await(Callable<Boolean> condition) {
    awaiting().until(condition);
  }

  /** The same for an assertion, whose last failure is shown when it does not come to hold. */
  static void awaitAsserted(ThrowingRunnable assertion) {
    awaiting().untilAsserted(assertion);
  }

  private static ConditionFactory awaiting() {
    return Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .dontCatchUncaughtExceptions();
  }

  /** A broker that is busy knows of a topic a little later than its controller. */
  private boolean answers(String topic, int partitions) throws Exception {
    try {
      admin.listOffsets(latest(topic, partitions)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException) {
        return false;
      }
      throw e;
    }
  }

  private static Map<TopicPartition, OffsetSpec> latest(String topic, int partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int i = 0; i < partitions; i++) {
      latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    return latest;
  }

  void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (ProducerRecord<byte[], byte[]> record : records) {
        sent.add(producer.send(record));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  /** Everything that is committed to a topic now, in the order of partitions. */
  List<ConsumerRecord<byte[], byte[]>> readAll(String topic) throws Exception {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrapServers());
    properties.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  List<String> readValues(String topic) throws Exception {
    return readAll(topic).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  /** Whether a group has committed the end of every partition of a topic. */
  boolean hasConsumedAll(String group, String topic, int partitions) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = latest(topic, partitions);
    Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
    for (TopicPartition partition : latest.keySet()) {
      long end = admin.listOffsets(latest).partitionResult(partition).get().offset();
      OffsetAndMetadata offset = committed.get(partition);
      if (end > 0 && (offset == null || offset.offset() < end)) {
        return false;
      }
    }
    return true;
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(String group) throws Exception {
    try {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      // The group is not there yet.
      return Map.of();
    }
  }

  @Override
  public void close() throws Exception {
    admin.close();
    kit.close();
  }
}
