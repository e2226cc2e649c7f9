package dev.parallax.ingest;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.IngestCounters.Tally;
import dev.parallax.ingest.envelope.EnvelopeReader;
import dev.parallax.ingest.envelope.Opened;
import dev.parallax.ingest.envelope.SourceRecord;
import dev.parallax.ingest.format.BodyReader;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.ModelInput;
import dev.parallax.ingest.format.Payload;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.pairing.Half;
import dev.parallax.ingest.pairing.Half.Content;
import dev.parallax.ingest.pairing.HalfCodec;
import dev.parallax.ingest.pairing.InputKeys;
import dev.parallax.ingest.pairing.KeyedInput;
import dev.parallax.ingest.pairing.Origin;
import dev.parallax.ingest.source.EventAssembler;
import dev.parallax.ingest.source.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
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
  private final BodyReader body;
  private final InputKeys keys;
  private final EventAssembler assembler;
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
    this.body = SourceReaders.body(source, config.limits());
    this.keys = SourceReaders.keys(config);
    this.assembler = SourceReaders.assembler(source, config, clock);
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

  private void read(
      Opened.Message message,
      Record<byte @Nullable [], byte @Nullable []> record,
      Origin origin,
      Tally tally)
      throws RejectedBodyException {
    if (message.body().bytes().length > config.limits().maxRecordBytes()) {
      throw new RejectedBodyException(
          Reason.TOO_LARGE,
          "value of "
              + message.body().bytes().length
              + " bytes, limit "
              + config.limits().maxRecordBytes());
    }
    Payload payload = body.read(message.body());
    if (payload instanceof Payload.Request request) {
      List<KeyedInput> inputs = request.inputs().stream().map(keys::of).toList();
      forward(message, request.names(), new Content.Asked(inputs), record, origin);
    } else if (payload instanceof Payload.Response response) {
      forward(message, response.names(), new Content.Answered(response.outputs()), record, origin);
    } else if (payload instanceof Payload.Calls calls) {
      tally.opened(1);
      for (Payload.Call call : calls.calls()) {
        write(single(message, call, record), record, origin, tally);
      }
    } else if (payload instanceof Payload.Native event) {
      tally.opened(1);
      write(nativeEvent(message, event.event(), record), record, origin, tally);
    }
  }

  /** Sends a half to where its call's other half will come. */
  private void forward(
      Opened.Message message,
      CallNames bodyNames,
      Content content,
      Record<byte @Nullable [], byte @Nullable []> record,
      Origin origin)
      throws RejectedBodyException {
    // The envelope's id goes first: of a body some servers make a new one for the response.
    Optional<String> id = message.names().id().or(bodyNames::id);
    if (id.isEmpty()) {
      throw new RejectedBodyException(
          Reason.MISSING_FIELD, "no id of the call, in the envelope or the body, to pair it by");
    }
    Half half =
        new Half(
            origin,
            record.headers().lastHeader(DeadLetter.RETRY) != null,
            message.timeMillis().orElse(record.timestamp()),
            message.source(),
            new CallNames(id, bodyNames.model(), bodyNames.version()).or(message.names()),
            message.attributes(),
            content);
    byte[] bytes = HalfCodec.encode(half);
    if (bytes.length > config.limits().maxRecordBytes()) {
      throw new RejectedBodyException(
          Reason.TOO_LARGE,
          "half of " + bytes.length + " bytes, limit " + config.limits().maxRecordBytes());
    }
    byte[] key = id.get().getBytes(StandardCharsets.UTF_8);
    context()
        .forward(new Record<>(key, bytes, record.timestamp(), new RecordHeaders()), halvesNode);
  }

  private Reading single(
      Opened.Message message,
      Payload.Call call,
      Record<byte @Nullable [], byte @Nullable []> record) {
    KeyedInput input =
        call.input()
            .map(keys::of)
            .orElseGet(
                () ->
                    new KeyedInput.Refused(
                        new Rejection(Reason.MISSING_INPUT, "the body does not hold the input")));
    Map<String, String> attributes = new HashMap<>(message.attributes());
    attributes.putAll(call.attributes());
    return assembler.single(
        call.names().or(message.names()),
        message.source(),
        call.timeMillis().orElse(message.timeMillis().orElse(record.timestamp())),
        attributes,
        input,
        call.output());
  }

  private Reading nativeEvent(
      Opened.Message message,
      EmbeddingEvent event,
      Record<byte @Nullable [], byte @Nullable []> record) {
    KeyedInput input =
        event
            .inputText()
            .<ModelInput>map(ModelInput.Text::new)
            .map(keys::of)
            .or(
                () ->
                    event
                        .inputKey()
                        .map(key -> new KeyedInput.Keyed(key, Optional.empty(), Optional.empty())))
            .orElseGet(
                () ->
                    new KeyedInput.Refused(
                        new Rejection(
                            Reason.MISSING_INPUT,
                            "expected input_key or input_text, got neither")));
    return assembler.nativeEvent(
        event,
        message.names().id(),
        message.source(),
        message.timeMillis().orElse(record.timestamp()),
        input);
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
