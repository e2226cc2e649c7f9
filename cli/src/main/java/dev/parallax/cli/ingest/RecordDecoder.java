package dev.parallax.cli.ingest;

import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.envelope.EnvelopeReaders;
import dev.parallax.ingest.envelope.EnvelopeSniffer;
import dev.parallax.ingest.envelope.Opened;
import dev.parallax.ingest.envelope.SourceRecord;
import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.BodyReader;
import dev.parallax.ingest.format.BodyReaders;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import dev.parallax.ingest.format.FormatSniffer;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.json.JsonValue;
import dev.parallax.ingest.pairing.InputKeys;
import dev.parallax.ingest.pairing.Origin;
import dev.parallax.ingest.source.EventAssembler;
import dev.parallax.ingest.source.MessageReader;
import dev.parallax.ingest.source.MessageReader.Found;
import dev.parallax.ingest.source.NativeEventReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;

/**
 * Decodes single records as ingest does, and guesses what it was not told. Not thread-safe.
 *
 * <p>Where the format is not told and a body looks like none, what an array is turned away for is
 * what {@link Format#TEI} says of it, and of anything else what {@link Format#OPENAI} says.
 */
public final class RecordDecoder {

  private final Description description;
  private final EventLimits limits;
  private final InputKeys keys;
  private final EventAssembler assembler;
  private final NativeEventReader nativeEvents;
  private final Map<Format, MessageReader> readers = new EnumMap<>(Format.class);

  /**
   * A decoder.
   *
   * @param hasher makes the input keys
   * @param withInputs whether texts stay with their events
   */
  public RecordDecoder(
      Description description, EventLimits limits, InputKeyHasher hasher, boolean withInputs) {
    this(
        description,
        limits,
        new InputKeys(hasher, limits, withInputs),
        new NativeEventReader(limits, Clock.systemUTC(), Optional.of(hasher), withInputs));
  }

  private RecordDecoder(
      Description description, EventLimits limits, InputKeys keys, NativeEventReader nativeEvents) {
    this.description = description;
    this.limits = limits;
    this.keys = keys;
    this.assembler =
        new EventAssembler(limits, Clock.systemUTC(), description.names(), description.uri());
    this.nativeEvents = nativeEvents;
  }

  /** This decoder, told the tensor with the embeddings. */
  RecordDecoder withOutputTensor(String name) {
    FormatOptions options = description.formatOptions();
    FormatOptions told =
        new FormatOptions(Optional.of(name), options.inputTensor(), options.fields());
    return new RecordDecoder(
        description.with(description.envelope(), description.format(), told),
        limits,
        keys,
        nativeEvents);
  }

  /** What joins the halves that this decoder finds. */
  public EventAssembler assembler() {
    return assembler;
  }

  /**
   * What {@code record} is.
   *
   * @param otherwise names of a whole call that neither envelope nor body name
   * @return empty if it is left out
   * @throws RejectedBodyException if it is turned away
   * @throws IllegalArgumentException if what the format was told is not enough
   */
  public Optional<Decoded> decode(SourceRecord record, CallNames otherwise)
      throws RejectedBodyException {
    Envelope envelope = description.envelope().orElseGet(() -> EnvelopeSniffer.sniff(record));
    if (envelope == Envelope.CLOUDEVENTS && isNative(record)) {
      Found found = new Found.Events(List.of(nativeEvents.read(record.headers(), record.value())));
      return Optional.of(new Decoded(envelope, Format.NATIVE, found));
    }
    Opened opened = EnvelopeReaders.of(envelope, description.envelopeOptions()).open(record);
    if (!(opened instanceof Opened.Message message)) {
      return Optional.empty();
    }
    Optional<Format> known = description.format().or(() -> FormatSniffer.sniff(message.body()));
    Format format = known.isPresent() ? known.get() : leastUnlikely(message.body());
    boolean isWhole = format.shape() == Format.Shape.WHOLE;
    Opened.Message named = isWhole ? named(message, otherwise) : message;
    Origin origin = new Origin(record.topic(), record.partition(), record.offset());
    try {
      Found found = reader(format).read(named, origin, record.timestampMillis(), false);
      return Optional.of(new Decoded(envelope, format, found));
    } catch (RejectedBodyException e) {
      throw known.isPresent() ? e : ofNoFormat(e);
    }
  }

  /** {@code record}, on the topic of records that do not say. */
  SourceRecord onItsTopic(SourceRecord record) {
    return new SourceRecord(
        description.topic(),
        record.partition(),
        record.offset(),
        record.timestampMillis(),
        record.key(),
        record.value(),
        record.headers());
  }

  private boolean isNative(SourceRecord record) {
    if (description.format().isPresent()) {
      return description.format().get() == Format.NATIVE;
    }
    Header type = record.headers().lastHeader(EventHeaders.TYPE);
    return type != null
        && type.value() != null
        && new String(type.value(), StandardCharsets.UTF_8).equals(EventHeaders.TYPE_V1);
  }

  private static Opened.Message named(Opened.Message message, CallNames otherwise) {
    return new Opened.Message(
        message.body(),
        message.names().or(otherwise),
        message.source(),
        message.timeMillis(),
        message.attributes());
  }

  private MessageReader reader(Format format) {
    return readers.computeIfAbsent(
        format,
        of -> {
          BodyReader body = BodyReaders.of(of, description.formatOptions(), limits);
          return new MessageReader(body, keys, assembler, limits);
        });
  }

  private static Format leastUnlikely(Body body) throws RejectedBodyException {
    JsonValue json = body.json();
    return json instanceof JsonValue.Arr || json instanceof JsonValue.Numbers
        ? Format.TEI
        : Format.OPENAI;
  }

  private static RejectedBodyException ofNoFormat(RejectedBodyException guess) {
    boolean guessed =
        guess.rejection().reason() == Reason.MISSING_FIELD
            || guess.rejection().reason() == Reason.MALFORMED;
    return guessed
        ? new RejectedBodyException(
            Reason.MALFORMED,
            "looks like no known format; read as one: " + guess.rejection().detail())
        : guess;
  }

  /**
   * A record that was decoded.
   *
   * @param envelope as told or guessed
   * @param format as told or guessed
   * @param found what it is
   */
  public record Decoded(Envelope envelope, Format format, Found found) {}
}
