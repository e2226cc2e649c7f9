package dev.parallax.ingest;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.IngestCounters.Tally;
import dev.parallax.ingest.envelope.EnvelopeReader;
import dev.parallax.ingest.envelope.Opened;
import dev.parallax.ingest.envelope.SourceRecord;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.pairing.Half;
import dev.parallax.ingest.pairing.HalfCodec;
import dev.parallax.ingest.pairing.Origin;
import dev.parallax.ingest.source.MessageReader;
import dev.parallax.ingest.source.MessageReader.Found;
import dev.parallax.ingest.source.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Opens each record of one source that is not native: halves of calls go on to their pairing, whole
 * calls become events, the rest become dead letters.
 */
final class CallReader
    extends ContextualProcessor<
        byte @Nullable [], byte @Nullable [], byte @Nullable [], byte @Nullable []> {

  private final SourceConfig source;
  private final SourceNodes nodes;
  private final String halvesNode;
  private final IngestConfig config;
  private final IngestCounters counters;
  private final EnvelopeReader envelope;
  private final MessageReader messages;
  private @Nullable SeenEvents seen;
  private @Nullable Outlet outlet;

  /**
   * A reader of one of the source's topics.
   *
   * @param halvesNode the child that takes halves on
   */
  CallReader(
      SourceConfig source,
      String halvesNode,
      IngestConfig config,
      Clock clock,
      IngestCounters counters) {
    this.source = source;
    this.nodes = new SourceNodes(source.name());
    this.halvesNode = halvesNode;
    this.config = config;
    this.counters = counters;
    this.envelope = SourceReaders.envelope(source);
    this.messages =
        new MessageReader(
            SourceReaders.body(source, config.limits()),
            SourceReaders.keys(config),
            SourceReaders.assembler(source, config, clock),
            config.limits());
  }

  @Override
  public void init(ProcessorContext<byte @Nullable [], byte @Nullable []> processorContext) {
    super.init(processorContext);
    outlet = new Outlet(processorContext, nodes, config);
    if (!source.isPaired()) {
      seen =
          new SeenEvents(
              processorContext.getStateStore(nodes.seen()), config.deduplication().window());
    }
  }

  @Override
  public void process(Record<byte @Nullable [], byte @Nullable []> record) {
    RecordMetadata at = context().recordMetadata().orElseThrow();
    Tally tally = counters.tally(nodes.name(), at.topic(), at.partition(), at.offset());
    Origin origin = new Origin(at.topic(), at.partition(), at.offset());
    try {
      checkSize(record.value());
      Opened opened =
          envelope.open(
              new SourceRecord(
                  at.topic(),
                  at.partition(),
                  at.offset(),
                  record.timestamp(),
                  record.key(),
                  record.value(),
                  record.headers()));
      if (opened instanceof Opened.Message message) {
        read(message, record, origin, tally);
      } else {
        tally.leftOut();
      }
    } catch (RejectedBodyException e) {
      out().deadLetter(record, origin, e.rejection(), tally);
    }
  }

  /** Before anything is parsed, which may take many times as much. */
  private void checkSize(byte @Nullable [] value) throws RejectedBodyException {
    int most = config.limits().maxRecordBytes();
    if (value != null && value.length > most) {
      throw new RejectedBodyException(
          Reason.TOO_LARGE, "value of " + value.length + " bytes, limit " + most);
    }
  }

  private void read(
      Opened.Message message,
      Record<byte @Nullable [], byte @Nullable []> record,
      Origin origin,
      Tally tally)
      throws RejectedBodyException {
    Found found =
        messages.read(
            message,
            origin,
            record.timestamp(),
            record.headers().lastHeader(DeadLetter.RETRY) != null);
    if (found instanceof Found.OneHalf half) {
      forward(half.half(), record.timestamp());
    } else if (found instanceof Found.Events events) {
      tally.opened(1);
      Set<Bytes> ids = new HashSet<>();
      for (Reading reading : events.readings()) {
        if (reading instanceof Reading.Accepted event && !ids.add(Bytes.wrap(event.id()))) {
          // Of one offset, so what is remembered would take it for the same record read again.
          tally.duplicate();
        } else {
          write(reading, record, origin, tally);
        }
      }
    }
  }

  /** Sends a half to where its call's other half will come. */
  private void forward(Half half, long timestamp) throws RejectedBodyException {
    Optional<String> id = half.names().id();
    if (id.isEmpty()) {
      throw new RejectedBodyException(
          Reason.MISSING_FIELD, "no id of the call, in the envelope or the body, to pair it by");
    }
    byte[] bytes = HalfCodec.encode(half);
    if (bytes.length > config.limits().maxRecordBytes()) {
      throw new RejectedBodyException(
          Reason.TOO_LARGE,
          "half of " + bytes.length + " bytes, limit " + config.limits().maxRecordBytes());
    }
    byte[] key = id.get().getBytes(StandardCharsets.UTF_8);
    context().forward(new Record<>(key, bytes, timestamp, new RecordHeaders()), halvesNode);
  }

  private void write(
      Reading reading,
      Record<byte @Nullable [], byte @Nullable []> record,
      Origin origin,
      Tally tally) {
    if (reading instanceof Reading.Rejected rejected) {
      out().deadLetter(record, origin, rejected.rejection(), tally);
    } else if (reading instanceof Reading.Accepted event) {
      if (Objects.requireNonNull(seen)
          .isRepeat(event.source(), event.id(), origin.offset(), out().now())) {
        tally.duplicate();
      } else {
        out().event(event, tally);
      }
    }
  }

  private Outlet out() {
    return Objects.requireNonNull(outlet);
  }
}
