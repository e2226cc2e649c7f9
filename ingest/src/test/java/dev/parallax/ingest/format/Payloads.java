package dev.parallax.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;

/** Short forms of reading a body and looking at what it says. */
final class Payloads {

  private Payloads() {}

  static Body json(String text) {
    return Body.of(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static Payload read(BodyReader reader, Body body) {
    try {
      return reader.read(body);
    } catch (RejectedBodyException e) {
      throw new AssertionError(e.rejection().toString(), e);
    }
  }

  /** Reads JSON, in which apostrophes stand for quotes. */
  static Payload read(BodyReader reader, String text) {
    return read(reader, json(text));
  }

  /** Why the body is turned away. */
  static Rejection rejection(BodyReader reader, Body body) {
    try {
      throw new AssertionError("expected a rejection, got " + describe(reader.read(body)));
    } catch (RejectedBodyException e) {
      return e.rejection();
    }
  }

  /** Checks why JSON, in which apostrophes stand for quotes, is turned away; goes on to details. */
  static AbstractStringAssert<?> assertRejected(
      BodyReader reader, String text, Rejection.Reason reason) {
    Rejection rejection = rejection(reader, json(text));
    assertThat(rejection.reason()).as(rejection.toString()).isEqualTo(reason);
    return assertThat(rejection.detail());
  }

  static List<String> inputs(Payload payload) {
    return ((Payload.Request) payload).inputs().stream().map(Payloads::describe).toList();
  }

  static List<String> outputs(Payload payload) {
    return ((Payload.Response) payload).outputs().stream().map(Payloads::describe).toList();
  }

  static CallNames names(Payload payload) {
    return payload instanceof Payload.Request request
        ? request.names()
        : ((Payload.Response) payload).names();
  }

  static String describe(ModelInput input) {
    if (input instanceof ModelInput.Text text) {
      return text.value();
    }
    if (input instanceof ModelInput.Tokens tokens) {
      return "tokens " + Arrays.toString(tokens.ids());
    }
    if (input instanceof ModelInput.Tensor tensor) {
      return "tensor " + tensor.shape() + " " + Arrays.toString(tensor.values().toFloats());
    }
    return ((ModelInput.Unreadable) input).rejection().reason().label();
  }

  static String describe(ModelOutput output) {
    return output instanceof ModelOutput.Embedding embedding
        ? Arrays.toString(embedding.vector().toFloats())
        : ((ModelOutput.Unusable) output).rejection().reason().label();
  }

  /** A payload in short: its kind, names and the size of what it holds. */
  static String describe(Payload payload) {
    if (payload instanceof Payload.Request request) {
      return "request " + names(request.names()) + " of " + inputs(request);
    }
    if (payload instanceof Payload.Response response) {
      return "response " + names(response.names()) + " of " + widths(response.outputs());
    }
    if (payload instanceof Payload.Calls calls) {
      return "calls "
          + calls.calls().stream()
              .map(
                  call ->
                      names(call.names())
                          + " "
                          + call.input().map(Payloads::describe)
                          + " "
                          + widths(List.of(call.output())))
              .toList();
    }
    return "native";
  }

  private static String names(CallNames names) {
    return names.id().orElse("-")
        + "|"
        + names.model().orElse("-")
        + "|"
        + names.version().orElse("-");
  }

  private static List<String> widths(List<ModelOutput> outputs) {
    return outputs.stream()
        .map(
            output ->
                output instanceof ModelOutput.Embedding embedding
                    ? embedding.vector().dtype() + "x" + embedding.vector().dimension()
                    : describe(output))
        .toList();
  }
}
