package dev.parallax.ingest.fuzz;

import dev.parallax.core.embedding.EventLimits;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.format.BodyReaders;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions;
import dev.parallax.ingest.format.FormatOptions.Field;
import dev.parallax.ingest.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every decoder of bytes from strangers, with its bound. */
final class FuzzTargets {

  /** Buffers of the JSON parser. */
  private static final int BUFFERS = 32_768;

  private static final Bound JSON = new Bound(JsonTree.BYTES_PER_BYTE, BUFFERS);

  /** JSON that is read a second time: behind a guess, or inside a text. */
  private static final Bound JSON_TWICE = new Bound(2 * JsonTree.BYTES_PER_BYTE, BUFFERS);

  /** Protobuf of many empty messages. */
  private static final Bound PROTOBUF = new Bound(64, 262_144);

  private FuzzTargets() {}

  /** Every target. */
  static List<FuzzTarget> all() {
    PayloadOracle oracle = new PayloadOracle();
    List<FuzzTarget> targets = new ArrayList<>();
    for (Format format : Format.values()) {
      targets.add(
          new BodyTarget(
              format,
              options(format)
                  .map(told -> BodyReaders.of(format, told, EventLimits.DEFAULT))
                  .toList(),
              bound(format),
              oracle));
    }
    for (Envelope envelope : Envelope.values()) {
      targets.add(EnvelopeTarget.of(envelope, JSON, oracle));
    }
    targets.add(new JsonTarget(JSON));
    targets.add(new SnifferTarget(JSON_TWICE));
    targets.add(new WrappedFileTarget(JSON_TWICE));
    return targets;
  }

  /**
   * The target of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static FuzzTarget named(String name) {
    return all().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no target " + name));
  }

  private static Bound bound(Format format) {
    return switch (format) {
      case NATIVE, OIP_PROTOBUF -> PROTOBUF;
      case OIP_BINARY, OPENINFERENCE -> JSON_TWICE;
      case OPENAI, OIP_JSON, TEI, COHERE_V2, BENTOML, MLSERVER, JSON_POINTER -> JSON;
    };
  }

  private static Stream<FormatOptions> options(Format format) {
    return switch (format) {
      case OIP_JSON, OIP_BINARY, OIP_PROTOBUF, MLSERVER ->
          Stream.of(
              FormatOptions.NONE, new FormatOptions(Optional.of("e"), Optional.of("t"), Map.of()));
      case BENTOML -> Stream.of(FormatOptions.NONE, fields("", "embedding", "text"));
      case JSON_POINTER ->
          Stream.of(fields("/", "/vector", "/text"), fields("/", "/data/0/embedding", "/input/0"));
      case NATIVE, OPENAI, TEI, COHERE_V2, OPENINFERENCE -> Stream.of(FormatOptions.NONE);
    };
  }

  private static FormatOptions fields(String prefix, String vector, String input) {
    return new FormatOptions(
        Optional.empty(),
        Optional.empty(),
        Map.of(
            Field.VECTOR,
            vector,
            Field.INPUT,
            input,
            Field.ID,
            prefix + "id",
            Field.MODEL,
            prefix + "model",
            Field.VERSION,
            prefix + "version",
            Field.TIME,
            prefix + "time"));
  }
}
