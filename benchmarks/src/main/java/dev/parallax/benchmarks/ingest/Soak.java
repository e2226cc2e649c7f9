package dev.parallax.benchmarks.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Paired traffic in which one half in fifty is missing, through ingest in a process of its own,
 * whose resident memory is looked at every second. It must stay under the cap that its
 * configuration states, and every call must be an event or a dead letter in the end.
 */
final class Soak {

  /** Heap of the process, in megabytes; of it, waiting halves take at most {@link #WAITING_MB}. */
  static final int HEAP_MB = 256;

  static final int WAITING_MB = 32;

  /** What a JVM with Kafka's clients takes beside its heap: code, threads, direct buffers. */
  static final int BESIDE_HEAP_MB = 256;

  private static final String REQUESTS = "requests";
  private static final String RESPONSES = "responses";
  private static final int MISSING_ONE_IN = 50;

  private final Source source;
  private final Duration duration;
  private final int callsPerSecond;
  private long events;
  private long unmatched;

  Soak(Source source, Duration duration, int callsPerSecond) {
    this.source = source;
    this.duration = duration;
    this.callsPerSecond = callsPerSecond;
  }

  /** Whether memory and accounts were in order. */
  boolean run() throws IOException, InterruptedException, ExecutionException {
    source.createTopics(REQUESTS, RESPONSES, "soak-events", "soak-dead-letters");
    Path log = Files.createTempFile("parallax-soak-", ".log");
    Process ingest = start(log);
    long mostKilobytes = 0;
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      SplittableRandom random = new SplittableRandom(1);
      String vector = vector(random);
      long end = System.nanoTime() + duration.toNanos();
      int call = 0;
      for (int second = 1; System.nanoTime() < end; second++) {
        long next = System.nanoTime() + 1_000_000_000L;
        for (int i = 0; i < callsPerSecond; i++) {
          publish(producer, "call-" + call++, vector, random);
        }
        long now = residentKilobytes(ingest);
        mostKilobytes = Math.max(mostKilobytes, now);
        if (second % 30 == 0) {
          System.err.printf(
              Locale.ROOT, "%d s: %,d calls, %d MB resident%n", second, call, now / 1024);
        }
        long left = next - System.nanoTime();
        if (left > 0) {
          Thread.sleep(left / 1_000_000);
        }
      }
      producer.flush();
      return report(mostKilobytes, log);
    } finally {
      ingest.destroy();
      ingest.waitFor();
    }
  }

  private boolean report(long mostKilobytes, Path log) throws InterruptedException {
    long written = 0;
    long dead = 0;
    for (int tries = 0; tries < 240 && (written < events || dead < unmatched); tries++) {
      Thread.sleep(500);
      written = count("soak-events");
      dead = count("soak-dead-letters");
    }
    int cap = HEAP_MB + BESIDE_HEAP_MB;
    boolean good = written == events && dead == unmatched && mostKilobytes < cap * 1024L;
    System.out.printf(
        Locale.ROOT,
        "%s: most %d MB resident, cap %d MB (%d of heap); %,d of %,d events, %,d of %,d unmatched"
            + " halves%s%n",
        duration,
        mostKilobytes / 1024,
        cap,
        HEAP_MB,
        written,
        events,
        dead,
        unmatched,
        good ? "" : "; NOT as it must be, see " + log);
    return good;
  }

  private Process start(Path log) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "-XX:MaxDirectMemorySize=64m",
                "-cp",
                System.getProperty("java.class.path"),
                SoakedIngest.class.getName(),
                source.bootstrapServers(),
                Files.createTempDirectory("parallax-soak-").toString()))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private void publish(
      KafkaProducer<byte[], byte[]> producer, String id, String vector, SplittableRandom random) {
    boolean requestMissing = random.nextInt(2 * MISSING_ONE_IN) == 0;
    boolean responseMissing = !requestMissing && random.nextInt(2 * MISSING_ONE_IN) == 0;
    if (!requestMissing) {
      send(producer, REQUESTS, id, "{\"input\": \"the text of " + id + "\"}");
    }
    if (!responseMissing) {
      send(producer, RESPONSES, id, "{\"data\": [{\"index\": 0, \"embedding\": " + vector + "}]}");
    }
    if (requestMissing || responseMissing) {
      unmatched++;
    } else {
      events++;
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, String id, String body) {
    producer.send(
        new ProducerRecord<>(
            topic,
            null,
            null,
            null,
            body.getBytes(StandardCharsets.UTF_8),
            new RecordHeaders().add("x-request-id", id.getBytes(StandardCharsets.UTF_8))));
  }

  private String vector(SplittableRandom random) {
    StringBuilder numbers = new StringBuilder("[");
    for (int i = 0; i < source.dimension(); i++) {
      numbers.append(i == 0 ? "" : ", ").append((float) random.nextDouble(-1, 1));
    }
    return numbers.append("]").toString();
  }

  private static long residentKilobytes(Process process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no resident size of process " + process.pid());
  }

  private long count(String topic) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", source.bootstrapServers());
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long count = 0;
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> ignored : consumer.poll(Duration.ofMillis(100))) {
          count++;
        }
      }
      return count;
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", source.bootstrapServers(), "linger.ms", 20),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
