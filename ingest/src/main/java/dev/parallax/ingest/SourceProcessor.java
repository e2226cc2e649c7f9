package dev.parallax.ingest;

import dev.parallax.ingest.source.NativeEventReader;
import dev.parallax.ingest.source.Reading;
import java.time.Clock;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends each record of one source topic on as a clean event, to the dead letters, or nowhere if it
 * is a repeat.
 */
final class SourceProcessor
    extends ContextualProcessor<
        byte @Nullable [], byte @Nullable [], byte @Nullable [], byte @Nullable []> {

  private final SourceNodes nodes;
  private final IngestConfig config;
  private final IngestCounters counters;
  private final NativeEventReader reader;
  private @Nullable SeenEvents seen;

  SourceProcessor(SourceNodes nodes, IngestConfig config, Clock clock, IngestCounters counters) {
    this.nodes = nodes;
    this.config = config;
    this.counters = counters;
    this.reader =
        new NativeEventReader(
            config.limits(),
            clock,
            config.inputKeySecret().map(InputKeySecret::newHasher),
            config.forwardInputText());
  }

  @Override
  public void init(ProcessorContext<byte @Nullable [], byte @Nullable []> processorContext) {
    super.init(processorContext);
    seen =
        new SeenEvents(
            processorContext.getStateStore(nodes.store()), config.deduplication().window());
  }

  @Override
  public void process(Record<byte @Nullable [], byte @Nullable []> record) {
    RecordMetadata origin = context().recordMetadata().orElseThrow();
    // The wall clock, also where events are judged by another: retention and the window go by it.
    long now = context().currentSystemTimeMs();
    Reading reading = reader.read(record.headers(), record.value());
    if (reading instanceof Reading.Rejected rejected) {
      context()
          .forward(
              DeadLetter.of(
                  record, origin, rejected.rejection(), config.limits().maxRecordBytes(), now),
              nodes.deadLetters());
      counters.rejected(
          origin.topic(), origin.partition(), origin.offset(), rejected.rejection().reason());
      return;
    }
    Reading.Accepted event = (Reading.Accepted) reading;
    if (Objects.requireNonNull(seen).isRepeat(event.source(), event.id(), origin.offset(), now)) {
      counters.duplicate(origin.topic(), origin.partition(), origin.offset());
      return;
    }
    context()
        .forward(
            new Record<>(event.inputKey().toBytes(), event.value(), now, event.headers()),
            nodes.events());
    counters.accepted(origin.topic(), origin.partition(), origin.offset());
  }
}
