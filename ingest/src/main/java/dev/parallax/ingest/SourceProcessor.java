package dev.parallax.ingest;

import dev.parallax.ingest.IngestCounters.Tally;
import dev.parallax.ingest.pairing.Origin;
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
 * Sends each native record of one source on as a clean event, to the dead letters, or nowhere if it
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
  private @Nullable Outlet outlet;

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
            processorContext.getStateStore(nodes.seen()), config.deduplication().window());
    outlet = new Outlet(processorContext, nodes, config);
  }

  @Override
  public void process(Record<byte @Nullable [], byte @Nullable []> record) {
    RecordMetadata at = context().recordMetadata().orElseThrow();
    Tally tally = counters.tally(nodes.name(), at.topic(), at.partition(), at.offset());
    Outlet out = Objects.requireNonNull(outlet);
    Reading reading = reader.read(record.headers(), record.value());
    if (reading instanceof Reading.Rejected rejected) {
      out.deadLetter(
          record, new Origin(at.topic(), at.partition(), at.offset()), rejected.rejection(), tally);
      return;
    }
    Reading.Accepted event = (Reading.Accepted) reading;
    if (Objects.requireNonNull(seen).isRepeat(event.source(), event.id(), at.offset(), out.now())) {
      tally.duplicate();
    } else {
      out.event(event, tally);
    }
  }
}
