package dev.parallax.ingest.format;

import dev.parallax.core.embedding.EventLimits;

/** The reader of each format. */
public final class BodyReaders {

  private BodyReaders() {}

  /**
   * The reader of {@code format}.
   *
   * @param options what the source was told of it
   * @param limits how large a native event may be
   * @throws IllegalArgumentException if the options are not enough for the format
   */
  public static BodyReader of(Format format, FormatOptions options, EventLimits limits) {
    return switch (format) {
      case NATIVE -> new NativeReader(limits);
      case OPENAI -> new OpenAiReader();
      case OIP_JSON, MLSERVER -> new OipJsonReader(options);
      case TEI -> new TeiReader();
      case COHERE_V2 -> new CohereV2Reader();
      case BENTOML -> new BentoMlReader(options);
      case JSON_POINTER -> new JsonPointerReader(options);
      case OIP_BINARY -> new OipBinaryReader(options);
      case OIP_PROTOBUF -> new OipProtobufReader(options);
      case OPENINFERENCE -> new OpenInferenceReader();
    };
  }
}
