package dev.parallax.ingest.envelope;

import dev.parallax.ingest.format.Side;
import java.util.List;
import java.util.Optional;

/**
 * What the name of a topic of Seldon Core 2 says: {@code
 * <prefix>.<namespace>.{model,pipeline}.<name>.{inputs,outputs}}. The prefix may hold dots.
 *
 * @param namespace of Kubernetes
 * @param name of the model or pipeline
 * @param side inputs or outputs
 */
record SeldonTopic(String namespace, String name, Side side) {

  private static final String ERRORS = ".errors.errors";

  /** What {@code topic} says; empty if it is not of that form. */
  static Optional<SeldonTopic> parse(String topic) {
    List<String> parts = List.of(topic.split("\\.", -1));
    int last = parts.size() - 1;
    if (last < 4 || parts.contains("")) {
      return Optional.empty();
    }
    String kind = parts.get(last - 2);
    Optional<Side> side =
        switch (parts.get(last)) {
          case "inputs" -> Optional.of(Side.REQUEST);
          case "outputs" -> Optional.of(Side.RESPONSE);
          default -> Optional.empty();
        };
    return kind.equals("model") || kind.equals("pipeline")
        ? side.map(known -> new SeldonTopic(parts.get(last - 3), parts.get(last - 1), known))
        : Optional.empty();
  }

  /** Whether {@code topic} is the one that errors of a namespace go to. */
  static boolean isOfErrors(String topic) {
    return topic.endsWith(ERRORS);
  }
}
