package dev.parallax.ingest.source;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.envelope.Opened;
import dev.parallax.ingest.format.BodyReader;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.ModelInput;
import dev.parallax.ingest.format.Payload;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.pairing.Half;
import dev.parallax.ingest.pairing.Half.Content;
import dev.parallax.ingest.pairing.InputKeys;
import dev.parallax.ingest.pairing.KeyedInput;
import dev.parallax.ingest.pairing.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the bodies of records that are not native: each is one half of a call, or whole calls.
 *
 * <p>Not thread-safe: one instance per thread.
 */
public final class MessageReader {

  private final BodyReader body;
  private final InputKeys keys;
  private final EventAssembler assembler;
  private final EventLimits limits;

  /** A reader of bodies that {@code body} reads. */
  public MessageReader(
      BodyReader body, InputKeys keys, EventAssembler assembler, EventLimits limits) {
    this.body = body;
    this.keys = keys;
    this.assembler = assembler;
    this.limits = limits;
  }

  /**
   * What the message is.
   *
   * @param origin where its record came from
   * @param timestampMillis event time of a message that does not say
   * @param retry whether the record was sent again from the dead letters
   * @throws RejectedBodyException if it is neither, or too large
   */
  public Found read(Opened.Message message, Origin origin, long timestampMillis, boolean retry)
      throws RejectedBodyException {
    int bytes = message.body().bytes().length;
    if (bytes > limits.maxRecordBytes()) {
      throw new RejectedBodyException(
          Reason.TOO_LARGE, "value of " + bytes + " bytes, limit " + limits.maxRecordBytes());
    }
    long time = message.timeMillis().orElse(timestampMillis);
    Payload payload = body.read(message.body());
    if (payload instanceof Payload.Request request) {
      List<KeyedInput> inputs = request.inputs().stream().map(keys::of).toList();
      return half(message, request.names(), new Content.Asked(inputs), origin, time, retry);
    }
    if (payload instanceof Payload.Response response) {
      Content content = new Content.Answered(response.outputs());
      return half(message, response.names(), content, origin, time, retry);
    }
    if (payload instanceof Payload.Calls calls) {
      return new Found.Events(
          calls.calls().stream().map(call -> single(message, call, time)).toList());
    }
    return new Found.Events(
        List.of(nativeEvent(message, ((Payload.Native) payload).event(), time)));
  }

  private static Found half(
      Opened.Message message,
      CallNames bodyNames,
      Content content,
      Origin origin,
      long time,
      boolean retry) {
    // The envelope's id goes first: of a body some servers make a new one for the response.
    Optional<String> id = message.names().id().or(bodyNames::id);
    return new Found.OneHalf(
        new Half(
            origin,
            retry,
            time,
            message.source(),
            new CallNames(id, bodyNames.model(), bodyNames.version()).or(message.names()),
            message.attributes(),
            content));
  }

  private Reading single(Opened.Message message, Payload.Call call, long time) {
    KeyedInput input =
        call.input().map(keys::of).orElseGet(() -> noInput("the body does not hold the input"));
    Map<String, String> attributes = new HashMap<>(message.attributes());
    attributes.putAll(call.attributes());
    return assembler.single(
        call.names().or(message.names()),
        message.source(),
        call.timeMillis().orElse(time),
        attributes,
        input,
        call.output());
  }

  private Reading nativeEvent(Opened.Message message, EmbeddingEvent event, long time) {
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
            .orElseGet(() -> noInput("expected input_key or input_text, got neither"));
    return assembler.nativeEvent(event, message.names().id(), message.source(), time, input);
  }

  private static KeyedInput noInput(String detail) {
    return new KeyedInput.Refused(new Rejection(Reason.MISSING_INPUT, detail));
  }

  /** What a message turned out to be. */
  public sealed interface Found {

    /**
     * One half of a call.
     *
     * @param half the half; its id is empty where neither envelope nor body say
     */
    record OneHalf(Half half) implements Found {}

    /**
     * Whole calls.
     *
     * @param readings one for each
     */
    record Events(List<Reading> readings) implements Found {

      /** Copies the list. */
      public Events {
        readings = List.copyOf(readings);
      }
    }
  }
}
