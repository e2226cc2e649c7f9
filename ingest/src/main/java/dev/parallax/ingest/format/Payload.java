package dev.parallax.ingest.format;

import dev.parallax.core.embedding.EmbeddingEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a body turned out to be. */
public sealed interface Payload {

  /**
   * The first half of a call.
   *
   * @param names what it calls itself and the model
   * @param inputs one for each row of the batch, at least one
   */
  record Request(CallNames names, List<ModelInput> inputs) implements Payload {

    /** Copies the list. */
    public Request {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * The second half of a call.
   *
   * @param names what it calls itself and the model
   * @param outputs one for each row of the batch, in the order of the inputs, at least one
   */
  record Response(CallNames names, List<ModelOutput> outputs) implements Payload {

    /** Copies the list. */
    public Response {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * Both halves, of one call or several, in one body.
   *
   * @param calls at least one
   */
  record Calls(List<Call> calls) implements Payload {

    /** Copies the list. */
    public Calls {
      calls = List.copyOf(calls);
    }
  }

  /**
   * A native event.
   *
   * @param event as it was decoded
   */
  record Native(EmbeddingEvent event) implements Payload {}

  /**
   * One input and its answer.
   *
   * @param names what it calls itself and the model; the id is unique to this input
   * @param input empty if the body does not say
   * @param output the answer
   * @param timeMillis when, in milliseconds since 1970; empty if the body does not say
   * @param attributes for slices
   */
  record Call(
      CallNames names,
      Optional<ModelInput> input,
      ModelOutput output,
      OptionalLong timeMillis,
      Map<String, String> attributes) {

    /** Copies the attributes. */
    public Call {
      attributes = Map.copyOf(attributes);
    }
  }
}
