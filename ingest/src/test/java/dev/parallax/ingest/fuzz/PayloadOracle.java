package dev.parallax.ingest.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.InputKeySecret;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.ModelInput;
import dev.parallax.ingest.format.ModelOutput;
import dev.parallax.ingest.format.Payload;
import dev.parallax.ingest.pairing.Half;
import dev.parallax.ingest.pairing.HalfCodec;
import dev.parallax.ingest.pairing.InputKeys;
import dev.parallax.ingest.pairing.KeyedInput;
import dev.parallax.ingest.pairing.Origin;
import dev.parallax.ingest.source.EventAssembler;
import dev.parallax.ingest.source.Reading;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must hold of every payload: it has rows, its vectors have elements, its names are not blank,
 * and it can be made into halves and native events that their own codecs read.
 */
final class PayloadOracle {

  private static final int MAX_DETAIL = 2_000;
  private static final EventLimits LIMITS = EventLimits.DEFAULT;
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final CallNames NAMES =
      new CallNames(Optional.of("id"), Optional.of("model"), Optional.empty());

  private final InputKeys keys =
      new InputKeys(
          InputKeySecret.of("a secret for tests only".getBytes(US_ASCII)).newHasher(),
          LIMITS,
          true);
  private final EventAssembler assembler =
      new EventAssembler(LIMITS, Clock.fixed(NOW, ZoneOffset.UTC), CallNames.NONE, "/fuzz");
  private final EventCodec codec = new EventCodec(LIMITS);
  private final KeyedInput anInput = keys.of(new ModelInput.Text("a text"));

  /** Checks what a reader answered. */
  void check(Payload payload) {
    if (payload instanceof Payload.Request request) {
      names(request.names());
      require(!request.inputs().isEmpty(), "a request without inputs");
      half(
          request.names(),
          new Half.Content.Asked(request.inputs().stream().map(this::input).toList()));
    } else if (payload instanceof Payload.Response response) {
      names(response.names());
      require(!response.outputs().isEmpty(), "a response without outputs");
      response.outputs().forEach(this::output);
      join(response);
    } else if (payload instanceof Payload.Calls calls) {
      require(!calls.calls().isEmpty(), "no calls");
      calls.calls().forEach(this::call);
    } else if (payload instanceof Payload.Native event) {
      nativeEvent(event.event());
    }
  }

  /** Checks why a body was turned away. */
  static void check(Rejection rejection) {
    require(!rejection.detail().isBlank(), "a rejection without a detail");
    require(
        rejection.detail().length() <= MAX_DETAIL,
        "a detail of " + rejection.detail().length() + " characters");
  }

  /** Checks what a record became. */
  void check(Reading reading) {
    if (reading instanceof Reading.Rejected rejected) {
      check(rejected.rejection());
    } else if (reading instanceof Reading.Accepted accepted) {
      Decoded decoded = codec.decode(accepted.value());
      require(
          decoded instanceof Decoded.Accepted, "an event that its own codec rejects: " + decoded);
      require(
          ((Decoded.Accepted) decoded).event().inputKey().equals(Optional.of(accepted.inputKey())),
          "an event under another input key than its record");
    }
  }

  private void call(Payload.Call call) {
    names(call.names());
    output(call.output());
    KeyedInput input = call.input().map(this::input).orElse(anInput);
    check(
        assembler.single(
            call.names().or(NAMES),
            Optional.empty(),
            call.timeMillis().orElse(NOW.toEpochMilli()),
            call.attributes(),
            input,
            call.output()));
  }

  private void join(Payload.Response response) {
    Half answer = half(response.names(), new Half.Content.Answered(response.outputs()));
    KeyedInput[] inputs = new KeyedInput[response.outputs().size()];
    Arrays.fill(inputs, anInput);
    Half question = half(CallNames.NONE, new Half.Content.Asked(List.of(inputs)));
    List<Reading> readings = assembler.join(question, answer);
    require(readings.size() == inputs.length, "not one reading for each row");
    readings.forEach(this::check);
  }

  /** The half, after it has been stored. */
  private static Half half(CallNames names, Half.Content content) {
    Half half =
        new Half(
            new Origin("topic", 0, 0),
            false,
            NOW.toEpochMilli(),
            Optional.empty(),
            names.or(NAMES),
            Map.of(),
            content);
    byte[] stored = HalfCodec.encode(half);
    Half read = HalfCodec.decode(stored);
    require(Arrays.equals(HalfCodec.encode(read), stored), "a half that its codec changes");
    return read;
  }

  private void nativeEvent(EmbeddingEvent event) {
    require(!event.model().isBlank(), "a blank model");
    vector(event.vector());
    check(
        assembler.nativeEvent(
            event, Optional.of("id"), Optional.empty(), NOW.toEpochMilli(), anInput));
  }

  private KeyedInput input(ModelInput input) {
    if (input instanceof ModelInput.Tensor tensor) {
      vector(tensor.values());
      long elements =
          tensor.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
      require(
          elements == tensor.values().dimension(),
          "a tensor of " + elements + " elements with " + tensor.values().dimension());
    } else if (input instanceof ModelInput.Tokens tokens) {
      require(Arrays.stream(tokens.ids()).allMatch(id -> id >= 0), "a token with a negative id");
    } else if (input instanceof ModelInput.Unreadable unreadable) {
      check(unreadable.rejection());
    }
    return keys.of(input);
  }

  private void output(ModelOutput output) {
    if (output instanceof ModelOutput.Embedding embedding) {
      vector(embedding.vector());
    } else if (output instanceof ModelOutput.Unusable unusable) {
      check(unusable.rejection());
    }
  }

  private static void vector(WireVector vector) {
    require(vector.dimension() >= 1, "a vector without elements");
    require(
        vector.toBytes().length == vector.dimension() * vector.dtype().bytes()
            && vector.toFloats().length == vector.dimension(),
        "a vector of another length than its dimension");
  }

  private static void names(CallNames names) {
    require(
        Stream.of(names.id(), names.model(), names.version())
            .flatMap(Optional::stream)
            .noneMatch(String::isBlank),
        "a blank name");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
