package dev.parallax.ingest;

import static dev.parallax.ingest.TestEvents.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.embedding.EventLimits;
import dev.parallax.ingest.IngestConfig.Deduplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestConfigTest {

  private static final Path STATE_DIR = Path.of("state");

  @TempDir Path directory;

  @Test
  void defaultsMakeAValidConfiguration() {
    IngestConfig config = config().build();

    assertThat(config.applicationId()).isEqualTo("parallax-ingest");
    assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.threads()).isEqualTo(1);
    assertThat(config.forwardInputText()).isFalse();
    assertThat(config.deduplication()).isEqualTo(Deduplication.DEFAULT);
  }

  @Test
  void aWrongValueSaysItsKeyAndWhatIsExpected() {
    assertRefused(
        () -> IngestConfig.builder(" ", STATE_DIR, List.of("a")).build(),
        "ingest.bootstrap-servers= : expected host:port");
    assertRefused(() -> withSources().build(), "ingest.sources=[]: expected at least one topic");
    assertRefused(() -> withSources("a", "a").build(), "ingest.sources=a: expected each");
    assertRefused(() -> withSources("a b").build(), "sources.a b.name=a b: expected 1 to 200");
    assertRefused(
        () -> withSources("parallax.events").build(), "ingest.sources=parallax.events: expected");
    assertRefused(
        () -> withSources("parallax.dead-letters").build(),
        "ingest.sources=parallax.dead-letters: expected");
    assertRefused(() -> config().applicationId("").build(), "ingest.application-id=: expected");
    assertRefused(() -> config().groupInstanceId("a/b").build(), "ingest.group-instance-id=a/b");
    assertRefused(() -> config().threads(0).build(), "ingest.threads=0: expected 1 to 256");
    assertRefused(
        () -> config().commitInterval(Duration.ZERO).build(),
        "ingest.commit-interval=PT0S: expected PT0.001S to PT5S");
    assertRefused(
        () -> config().commitInterval(Duration.ofSeconds(6)).build(),
        "ingest.commit-interval=PT6S: expected");
    assertRefused(
        () -> new Deduplication(Duration.ofMillis(999), 1),
        "ingest.deduplication-window=PT0.999S: expected PT1S to PT168H");
    assertRefused(
        () -> new Deduplication(Duration.ofMinutes(1), 0),
        "ingest.deduplication-max-events=0: expected 1 or more");
    assertRefused(
        () -> config().client(Map.of("processing.guarantee", "at_least_once")).build(),
        "ingest.client.processing.guarantee=at_least_once: expected a property that ingest");
  }

  @Test
  void noSecretIsEverInAText() {
    IngestConfig config = config().client(Map.of("sasl.jaas.config", "password=hunter2")).build();

    assertThat(config.toString())
        .contains("sasl.jaas.config", "InputKeySecret[redacted]")
        .doesNotContain("hunter2", "tests only");
  }

  @Test
  void theSecretIsTheFileWithoutTheLineBreakAtItsEnd() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), " 0123456789\nabcdef \r\n");
    InputKeySecret same = InputKeySecret.of(TestEvents.utf8(" 0123456789\nabcdef "));

    assertThat(InputKeySecret.ofFile(file).newHasher().keyOf("x"))
        .isEqualTo(same.newHasher().keyOf("x"));
  }

  @Test
  void aSecretThatIsNotThereOrTooShortIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("short"), "0123456789abcde\n");

    assertRefused(
        () -> InputKeySecret.ofFile(file), "input key secret file " + file + ": expected 16");
    assertRefused(
        () -> InputKeySecret.ofFile(directory.resolve("none")), ": expected a readable file");
    assertRefused(
        () -> InputKeySecret.of(new byte[3]), "input key secret: expected 16 bytes or more, got 3");
  }

  @Test
  void secretsDoNotChangeWithTheArrayTheyCameFrom() {
    byte[] bytes = TestEvents.utf8("0123456789abcdef");
    InputKeySecret secret = InputKeySecret.of(bytes);
    Object before = secret.newHasher().keyOf("x");
    bytes[0] = 0;

    assertThat(secret.newHasher().keyOf("x")).isEqualTo(before);
  }

  @Test
  void kafkaStreamsIsToldWhatTheConfigurationSays() {
    IngestConfig config =
        config()
            .threads(3)
            .groupInstanceId("ingest-1")
            .client(Map.of("security.protocol", "SSL", "producer.linger.ms", "20"))
            .build();

    assertThat(StreamsProperties.of(config))
        .containsEntry("application.id", "parallax-ingest")
        .containsEntry("bootstrap.servers", "localhost:9092")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("commit.interval.ms", 100L)
        .containsEntry("num.stream.threads", 3)
        .containsEntry("main.consumer.group.instance.id", "ingest-1")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("producer.linger.ms", "20")
        .containsEntry("producer.max.request.size", 1_048_576);
  }

  @Test
  void largeRecordsWidenTheRequestsOfTheProducer() {
    IngestConfig config =
        config()
            .limits(new EventLimits(4_000_000, 1, 1, 1, 1, Duration.ofDays(1), Duration.ofDays(1)))
            .build();

    assertThat(StreamsProperties.of(config)).containsEntry("producer.max.request.size", 4_032_768);
  }

  private static IngestConfig.Builder config() {
    return withSources("app-embeddings");
  }

  private static IngestConfig.Builder withSources(String... sources) {
    return IngestConfig.builder("localhost:9092", STATE_DIR, List.of(sources))
        .inputKeySecret(SECRET);
  }

  private static void assertRefused(Supplier<?> attempt, String message) {
    assertThatThrownBy(attempt::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
