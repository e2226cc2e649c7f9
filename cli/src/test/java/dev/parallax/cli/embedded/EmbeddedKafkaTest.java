package dev.parallax.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.cli.CliException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EmbeddedKafkaTest {

  private static final String TOPIC = "texts";
  private static final long ONE_DAY = Duration.ofDays(1).toMillis();

  @TempDir Path folder;

  @Test
  void carriesTransactionsWithRecordsOfAnyTimeAndLeavesNothingBehind() throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.temporary();
    long start;
    try {
      createTopic(kafka);
      publish(kafka, 0L, "from 1970");
      publish(kafka, System.currentTimeMillis() + ONE_DAY, "from tomorrow");

      assertThat(read(kafka, 2)).containsExactly("from 1970", "from tomorrow");
    } finally {
      start = System.nanoTime();
      kafka.close();
    }
    Duration closing = Duration.ofNanos(System.nanoTime() - start);
    kafka.close();

    assertThat(kafka.dataDirectory()).doesNotExist();
    assertThat(closing).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void goesOnWithWhatAnEarlierOneKept() throws Exception {
    Path data = folder.resolve("kept");
    try (EmbeddedKafka first = EmbeddedKafka.keeping(data)) {
      createTopic(first);
      publish(first, 0L, "before");
    }

    try (EmbeddedKafka second = EmbeddedKafka.keeping(data)) {
      publish(second, 0L, "after");
      assertThat(read(second, 2)).containsExactly("before", "after");
    }
  }

  @Test
  void twoStandSideBySide() throws Exception {
    try (EmbeddedKafka lasting = EmbeddedKafka.temporary()) {
      try (EmbeddedKafka passing = EmbeddedKafka.temporary()) {
        createTopic(lasting);
        createTopic(passing);
        publish(lasting, 0L, "lasting");
        publish(passing, 0L, "passing");
        assertThat(read(passing, 1)).containsExactly("passing");
      }
      assertThat(read(lasting, 1)).containsExactly("lasting");
    }
  }

  @Test
  void takesOtherPortsWhenAnotherProcessWasFaster() throws Exception {
    try (ServerSocket faster = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int taken = faster.getLocalPort();
      Iterator<Integer> ports = List.of(taken, free(), free(), taken, free(), free()).iterator();
      try (EmbeddedKafka kafka = EmbeddedKafka.keeping(folder.resolve("data"), ports::next)) {
        createTopic(kafka);
      }
    }
  }

  @Test
  void aFolderWithOtherThingsIsLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("thesis.tex"), "…");

    assertThatThrownBy(() -> EmbeddedKafka.keeping(folder))
        .isInstanceOf(CliException.class)
        .hasMessage(folder + ": expected an empty folder or one that an earlier run kept");
    assertThatThrownBy(() -> EmbeddedKafka.keeping(file))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("not usable as a folder for data");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
  }

  @Test
  void aFolderInUseIsAClearFailureOfTheSecond() throws Exception {
    Path data = folder.resolve("data");
    try (EmbeddedKafka first = EmbeddedKafka.keeping(data)) {
      assertThatThrownBy(() -> EmbeddedKafka.keeping(data))
          .isInstanceOf(CliException.class)
          .hasMessage(data.toRealPath() + ": in use by another run that has not ended");
      createTopic(first);
    }
    try (EmbeddedKafka next = EmbeddedKafka.keeping(data)) {
      publish(next, 0L, "the topic is still there");
    }
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static void createTopic(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
  }

  private static void publish(EmbeddedKafka kafka, long timestamp, String text) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "publisher");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(TOPIC, 0, timestamp, "key", text));
      producer.commitTransaction();
    }
  }

  private static List<String> read(EmbeddedKafka kafka, int count) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    List<String> texts = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
      while (texts.size() < count) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          texts.add(record.value());
        }
      }
    }
    return texts;
  }
}
