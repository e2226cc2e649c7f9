package dev.parallax.ingest.pairing;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.ModelOutput;
import dev.parallax.ingest.pairing.Half.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Halves of calls for tests. */
final class Halves {

  private Halves() {}

  static Half request(String call, long offset) {
    return half(
        call,
        new Origin("requests", 0, offset),
        new Content.Asked(
            List.of(
                new KeyedInput.Keyed(
                    new InputKey(1, call.hashCode()), Optional.of("a text"), Optional.empty()))));
  }

  static Half response(String call, long offset) {
    return half(
        call,
        new Origin("responses", 0, offset),
        new Content.Answered(
            List.of(new ModelOutput.Embedding(WireVector.of(new float[] {1, offset})))));
  }

  static Half again(Half half) {
    return new Half(
        new Origin(half.origin().topic(), 0, half.origin().offset() + 1000),
        true,
        half.timeMillis(),
        half.source(),
        half.names(),
        half.attributes(),
        half.content());
  }

  private static Half half(String call, Origin origin, Content content) {
    return new Half(
        origin,
        false,
        5,
        Optional.of("/source"),
        new CallNames(Optional.of(call), Optional.of("model"), Optional.empty()),
        Map.of("namespace", "default"),
        content);
  }
}
