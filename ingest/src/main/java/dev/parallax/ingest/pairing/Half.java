package dev.parallax.ingest.pairing;

import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.ModelOutput;
import dev.parallax.ingest.format.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One half of a call: what has to wait for the other. It holds keys instead of inputs, except where
 * the reference needs these, and vectors instead of bodies.
 *
 * @param origin where it came from
 * @param retry whether it was sent again from the dead letters
 * @param timeMillis event time, in milliseconds since 1970
 * @param source a URI reference that names the service
 * @param names what it calls the call and the model
 * @param attributes for slices
 * @param content the inputs or the outputs
 */
public record Half(
    Origin origin,
    boolean retry,
    long timeMillis,
    Optional<String> source,
    CallNames names,
    Map<String, String> attributes,
    Content content) {

  /** Copies the attributes. */
  public Half {
    attributes = Map.copyOf(attributes);
  }

  /** Which half it is. */
  public Side side() {
    return content instanceof Content.Asked ? Side.REQUEST : Side.RESPONSE;
  }

  /** What a half has for each row of its batch. */
  public sealed interface Content {

    /**
     * What was asked.
     *
     * @param inputs in order
     */
    record Asked(List<KeyedInput> inputs) implements Content {

      /** Copies the list. */
      public Asked {
        inputs = List.copyOf(inputs);
      }
    }

    /**
     * What was answered.
     *
     * @param outputs in the order of the inputs
     */
    record Answered(List<ModelOutput> outputs) implements Content {

      /** Copies the list. */
      public Answered {
        outputs = List.copyOf(outputs);
      }
    }
  }
}
