package dev.parallax.ingest;

import static dev.parallax.ingest.TestEvents.text;
import static dev.parallax.ingest.TestEvents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.Topics;
import dev.parallax.core.embedding.EventHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten thousand calls through a real broker and a process that is killed and started again. */
final class PairingThroughCrashesTest {

  private static final int CALLS = 10_000;
  private static final int PARTITIONS = 3;
  private static final int CRASHES = 3;
  private static final long MILLIS_BETWEEN_CALLS = 10;

  @TempDir Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void everyPairIsOneEventAndEveryLossOneDeadLetter(long seed) throws Exception {
    Random random = new Random(seed);
    Traffic traffic = new Traffic(random);
    try (TestBroker broker = new TestBroker(folder)) {
      broker.createTopic(IngestProcess.REQUESTS, PARTITIONS, Map.of());
      broker.createTopic(IngestProcess.RESPONSES, PARTITIONS, Map.of());
      broker.createTopic(Topics.DEFAULT.events(), 2, Map.of("max.message.bytes", "2000000"));
      broker.createTopic(Topics.DEFAULT.deadLetters(), 2, Map.of("max.message.bytes", "2000000"));
      broker.send(traffic.records.values());
      runWithCrashes(broker, traffic, random);

      List<String> events = ids(broker, Topics.DEFAULT.events(), EventHeaders.ID);
      assertThat(events).hasSameElementsAs(traffic.paired).doesNotHaveDuplicates();
      List<String> dead = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> letter : broker.committed(Topics.DEFAULT.deadLetters())) {
        dead.add(
            text(letter.headers(), DeadLetter.REASON)
                + " "
                + text(letter.headers(), DeadLetter.CALL_ID));
      }
      assertThat(dead).hasSameElementsAs(traffic.unmatched).doesNotHaveDuplicates();
    }
  }

  private void runWithCrashes(TestBroker broker, Traffic traffic, Random random) throws Exception {
    Path log = folder.resolve("ingest.log");
    Path stateDir = folder.resolve("state");
    IngestProcess ingest = IngestProcess.start(broker.bootstrapServers(), stateDir, log);
    try {
      int seen = 0;
      for (int crash = 0; crash < CRASHES; crash++) {
        // Somewhere on the way, and in the midst of a transaction as a rule: they are 100 ms long.
        seen += random.nextInt(CALLS / (CRASHES + 1));
        int enough = seen;
        IngestProcess running = ingest;
        TestBroker.await(
            enough + " events, see " + log,
            () -> {
              assertThat(running.isAlive()).as("ingest, see %s", log).isTrue();
              return broker.committed(Topics.DEFAULT.events()).size() >= enough;
            });
        Thread.sleep(random.nextInt(300));
        if (crash == 1) {
          ingest.stop();
        } else {
          ingest.kill();
        }
        ingest = IngestProcess.start(broker.bootstrapServers(), stateDir, log);
      }
      TestBroker.await(
          "all " + traffic.unmatched.size() + " losses, see " + Files.size(log),
          () ->
              broker.committed(Topics.DEFAULT.deadLetters()).size() >= traffic.unmatched.size()
                  && broker.committed(Topics.DEFAULT.events()).size() >= traffic.paired.size());
      // What is written twice would come within the time that a repeat needs to be processed.
      Thread.sleep(1_000);
    } finally {
      ingest.close();
    }
  }

  private static List<String> ids(TestBroker broker, String topic, String header) {
    return broker.committed(topic).stream().map(record -> text(record.headers(), header)).toList();
  }

  /** What is sent, in order of time, and what must come of it. */
  private static final class Traffic {
    private final TreeMap<Long, ProducerRecord<byte[], byte[]>> records = new TreeMap<>();
    private final List<String> paired = new ArrayList<>();
    private final List<String> unmatched = new ArrayList<>();
    private final long start = System.currentTimeMillis() - CALLS * MILLIS_BETWEEN_CALLS - 60_000;
    private final Random random;

    Traffic(Random random) {
      this.random = random;
      for (int call = 0; call < CALLS; call++) {
        String id = "call-" + call;
        boolean requestLost = random.nextInt(100) == 0;
        boolean responseLost = !requestLost && random.nextInt(100) == 0;
        String request = "{\"input\": \"text of " + id + "\"}";
        String response = "{\"data\": [{\"index\": 0, \"embedding\": [1, " + call + "]}]}";
        int copies = random.nextInt(50) == 0 ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
          if (!requestLost && (copy == 0 || random.nextBoolean() || responseLost)) {
            add(call, IngestProcess.REQUESTS, id, request);
          }
          if (!responseLost && (copy == 0 || random.nextBoolean() || requestLost)) {
            add(call, IngestProcess.RESPONSES, id, response);
          }
        }
        if (requestLost) {
          unmatched.add("unmatched-response " + id);
        } else if (responseLost) {
          unmatched.add("unmatched-request " + id);
        } else {
          paired.add(id);
        }
      }
    }

    /** Adds a record within the wait of its call, to any partition. */
    private void add(int call, String topic, String id, String body) {
      long millis =
          start
              + call * MILLIS_BETWEEN_CALLS
              + random.nextInt((int) IngestProcess.WAIT.toMillis() - 1_000);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic,
              random.nextInt(PARTITIONS),
              millis,
              null,
              utf8(body),
              new RecordHeaders().add("x-request-id", utf8(id)));
      records.put(millis * 1_000_000 + random.nextInt(1_000_000), record);
    }
  }
}
