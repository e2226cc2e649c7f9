package dev.parallax.ingest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.ingest.TestBroker;
import dev.parallax.ingest.TestEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code parallax_events.py} publishes the same bytes as this package. */
@Timeout(120)
final class PythonClientTest {

  private static final Path SCRIPTS = Path.of("src/test/python");
  private static final byte[] SECRET = TestEvents.utf8("a secret for tests only");

  @TempDir private Path directory;

  @Test
  void theGoldenFilesAreWhatJavaWrites() throws Exception {
    List<String> records = new ArrayList<>();
    for (RecordCases.Case example : RecordCases.table()) {
      records.add(RecordCases.json(example));
    }
    List<String> keys = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      keys.add(RecordCases.json(RecordCases.text(random, 12), SECRET));
    }
    assertGolden("native-events.jsonl", records);
    assertGolden("input-keys.jsonl", keys);
  }

  @Test
  void pythonWritesTheGoldenFilesToo() throws Exception {
    Run run = python("google.protobuf", "-m", "unittest", "-v", "test_parallax_events");

    assertThat(run.code()).as(run.output()).isZero();
    assertThat(run.output()).contains("test_the_records_are_those_that_java_writes", "OK");
  }

  @Test
  void arbitraryEventsHaveTheSameBytes() throws Exception {
    Random random = new Random(8);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      lines.add(RecordCases.json(RecordCases.random(random, 1 + random.nextInt(20))));
    }

    Run run = check(lines);

    assertThat(run.output()).isEqualTo("500 equal\n");
    assertThat(run.code()).isZero();
  }

  @Test
  void arbitraryTextsAndEveryCharacterOfTheBasicPlaneHaveTheSameKey() throws Exception {
    Random random = new Random(13);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      lines.add(RecordCases.json(RecordCases.text(random, 30), SECRET));
    }
    int characters = 0;
    StringBuilder text = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      if (Character.isDefined(c)) {
        text.append((char) c).append("a ").append((char) c).append("b");
        characters++;
      }
      if (c % 16 == 15) {
        lines.add(RecordCases.json(text.toString(), SECRET));
        text.setLength(0);
      }
    }

    Run run = check(lines);

    assertThat(characters).isGreaterThan(60_000);
    assertThat(run.output()).isEqualTo(lines.size() + " equal\n");
  }

  @Test
  void aDifferenceOfOneBitIsSeen() throws Exception {
    String line = RecordCases.json(RecordCases.table().get(0));
    int last = line.lastIndexOf("\",\"headers\"") - 1;

    Run run = check(List.of(line.substring(0, last) + "f" + line.substring(last + 1)));

    assertThat(line.charAt(last)).isNotEqualTo('f');
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.output()).contains(":1: value").endsWith("0 equal\n");
  }

  @Test
  void whatPythonPublishesIsReadAsNativeEvents() throws Exception {
    try (TestBroker broker = new TestBroker(directory)) {
      broker.createTopic("from-python", 3, Map.of());
      Path secret = directory.resolve("secret");
      Files.write(secret, SECRET);

      Run run =
          python(
              "confluent_kafka",
              "publish_records.py",
              broker.bootstrapServers(),
              "from-python",
              secret.toString(),
              "500");

      assertThat(run.code()).as(run.output()).isZero();
      assertThat(run.output())
          .contains("\"accepted\": 1000, \"delivered\": 1000, \"queued\": 0")
          .contains("\"rejected\": 1,", "zero-norm");
      assertEveryTextHasOneKeyAndOnePartition(broker.committed("from-python"));
    }
  }

  private static void assertEveryTextHasOneKeyAndOnePartition(
      List<ConsumerRecord<byte[], byte[]>> records) {
    Set<String> keys = new HashSet<>();
    Set<String> keysAndPartitions = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      EmbeddingEvent event =
          ((Decoded.Accepted) new EventCodec(EventLimits.DEFAULT).decode(record.value())).event();
      assertThat(event.inputText()).isEmpty();
      String key = event.inputKey().orElseThrow().toString();
      assertThat(HexFormat.of().formatHex(record.key())).isEqualTo(key);
      keys.add(key);
      keysAndPartitions.add(key + record.partition());
    }
    assertThat(records).hasSize(1_000);
    assertThat(keys).hasSize(500).contains(new InputKeyHasher(SECRET).keyOf("text number 7") + "");
    assertThat(keysAndPartitions).hasSize(500);
  }

  private static void assertGolden(String name, List<String> lines) throws IOException {
    Path made = Files.createDirectories(Path.of("target/client")).resolve(name);
    Files.write(made, lines, StandardCharsets.UTF_8);
    assertThat(Path.of("src/test/resources/client", name))
        .as("if the change is meant: cp %s src/test/resources/client/", made)
        .hasSameTextualContentAs(made);
  }

  private Run check(List<String> lines) throws Exception {
    Path file = directory.resolve("lines.jsonl");
    Files.write(file, lines, StandardCharsets.UTF_8);
    return python("google.protobuf", "check_records.py", file.toString());
  }

  /** What a script printed, and its exit status. */
  private record Run(int code, String output) {}

  /** Runs the first Python 3 that has {@code module}; where there is none, the test is skipped. */
  private static Run python(String module, String... arguments) throws Exception {
    for (String interpreter : List.of("python3", "/usr/bin/python3")) {
      if (run(interpreter, "-c", "import google.protobuf, " + module).code() == 0) {
        List<String> command = new ArrayList<>(List.of(interpreter, "-B"));
        command.addAll(Arrays.asList(arguments));
        return run(command.toArray(String[]::new));
      }
    }
    assumeTrue(false, "skipped: no python3 here can import google.protobuf and " + module);
    throw new AssertionError("unreachable");
  }

  private static Run run(String... command) throws Exception {
    Path output = Files.createTempFile("python", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(SCRIPTS.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(90, TimeUnit.SECONDS);
      process.destroyForcibly();
      return new Run(ended ? process.exitValue() : -1, Files.readString(output));
    } catch (IOException e) {
      return new Run(-1, String.valueOf(e.getMessage()));
    } finally {
      Files.delete(output);
    }
  }
}
