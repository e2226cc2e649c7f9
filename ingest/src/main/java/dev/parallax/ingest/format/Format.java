package dev.parallax.ingest.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats that bodies come in, by the names that configuration gives them. */
public enum Format {
  /** Our own Protobuf message. */
  NATIVE(Shape.WHOLE),
  /** The embeddings endpoint of OpenAI and of those who speak like it. */
  OPENAI(Shape.HALVES),
  /** The Open Inference Protocol in JSON. */
  OIP_JSON(Shape.HALVES),
  /** The same with tensors as raw bytes behind the JSON. */
  OIP_BINARY(Shape.HALVES),
  /** The same in Protobuf. */
  OIP_PROTOBUF(Shape.HALVES),
  /** Text Embeddings Inference. */
  TEI(Shape.HALVES),
  /** Cohere's embed endpoint, second version. */
  COHERE_V2(Shape.HALVES),
  /** Spans of OpenInference, in OTLP. */
  OPENINFERENCE(Shape.WHOLE),
  /** Monitoring logs of BentoML. */
  BENTOML(Shape.WHOLE),
  /** The Open Inference Protocol as MLServer sends it. */
  MLSERVER(Shape.HALVES),
  /** JSON of any shape, with pointers to its parts. */
  JSON_POINTER(Shape.WHOLE);

  /** Whether a body is a whole call or one half of it. */
  public enum Shape {
    /** Input and output in one body. */
    WHOLE,
    /** A request or a response, which must be paired. */
    HALVES
  }

  private final Shape shape;

  Format(Shape shape) {
    this.shape = shape;
  }

  /** Whether its bodies are whole calls or halves. */
  public Shape shape() {
    return shape;
  }

  /** Its name in configuration, such as {@code oip-json}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The format of that name. */
  public static Optional<Format> named(String label) {
    return Arrays.stream(values()).filter(format -> format.label().equals(label)).findFirst();
  }

  /** Every name. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Format::label).toList();
  }
}
