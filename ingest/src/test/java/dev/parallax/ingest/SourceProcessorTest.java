package dev.parallax.ingest;

import static dev.parallax.ingest.TestEvents.NOW;
import static dev.parallax.ingest.TestEvents.SOURCE_TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.ingest.client.NativeEventRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash does: records are processed again, with the state as it was committed or later. */
final class SourceProcessorTest {

  private static final SourceNodes NODES = new SourceNodes(SOURCE_TOPIC);

  @TempDir Path stateDir;

  private final MovableClock clock = new MovableClock(NOW);
  private final IngestCounters counters = new IngestCounters(List.of(SOURCE_TOPIC));
  private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
  private IngestConfig config;

  @BeforeEach
  void createTheStore() {
    config = TestEvents.config("nowhere:9092", stateDir).build();
    TimestampedKeyValueStore<Bytes, Long> store =
        SeenEvents.store(NODES.seen(), Duration.ofMinutes(10), 100).withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  @Test
  void anEventProcessedAgainIsNotItsOwnRepeat() {
    process(newProcessor(), "a", 10);
    process(newProcessor(), "a", 10);

    assertThat(forwarded()).containsExactly("a", "a");
  }

  @Test
  void whatWasARepeatIsOneAgain() {
    SourceProcessor before = newProcessor();
    process(before, "a", 10);
    process(before, "a", 12);
    SourceProcessor after = newProcessor();
    process(after, "a", 10);
    process(after, "a", 12);

    assertThat(forwarded()).containsExactly("a", "a");
  }

  @Test
  void whatIsProcessedAgainCountsOnce() {
    SourceProcessor before = newProcessor();
    process(before, "a", 10);
    process(before, "b", 11);
    process(before, "a", 12);
    SourceProcessor after = newProcessor();
    process(after, "b", 11);
    process(after, "a", 12);
    process(after, "c", 13);

    assertThat(counters.snapshot().sources().get(SOURCE_TOPIC))
        .satisfies(counts -> assertThat(counts.accepted()).isEqualTo(3))
        .satisfies(counts -> assertThat(counts.duplicate()).isEqualTo(1));
  }

  @Test
  void whenATopicIsReadFromTheStartAgainItsEventsPassAgain() {
    SourceProcessor before = newProcessor();
    process(before, "a", 5);
    clock.advance(Duration.ofMinutes(11));
    process(before, "a", 900);
    SourceProcessor after = newProcessor();
    process(after, "a", 5);
    process(after, "a", 900);

    assertThat(forwarded()).containsExactly("a", "a", "a");
  }

  @Test
  void aClockThatIsSetBackForgetsNothing() {
    SourceProcessor processor = newProcessor();
    process(processor, "a", 1);
    clock.advance(Duration.ofDays(-2));
    process(processor, "a", 2);

    assertThat(forwarded()).containsExactly("a");
  }

  private SourceProcessor newProcessor() {
    SourceProcessor processor = new SourceProcessor(NODES, config, clock, counters);
    processor.init(context);
    return processor;
  }

  private void process(SourceProcessor processor, String id, long offset) {
    ProducerRecord<byte[], byte[]> record =
        NativeEventRecord.of(TestEvents.event(1, 2), id, "/tests", clock.millis(), SOURCE_TOPIC);
    context.setRecordMetadata(SOURCE_TOPIC, 3, offset);
    context.setCurrentSystemTimeMs(clock.millis());
    processor.process(new Record<>(record.key(), record.value(), 0, record.headers()));
  }

  private List<String> forwarded() {
    return context.forwarded().stream()
        .filter(forward -> forward.childName().equals(Optional.of(NODES.events())))
        .map(forward -> TestEvents.text(forward.record().headers(), "ce_id"))
        .toList();
  }
}
