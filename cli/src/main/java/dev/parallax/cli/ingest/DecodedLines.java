package dev.parallax.cli.ingest;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.EventValidator;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.core.json.CanonicalJson;
import dev.parallax.ingest.format.ModelOutput;
import dev.parallax.ingest.pairing.Half;
import dev.parallax.ingest.pairing.Half.Content;
import dev.parallax.ingest.pairing.KeyedInput;
import dev.parallax.ingest.source.Reading;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;

/**
 * Writes what records became as JSON, one line each. Fields are called as in the Protobuf message;
 * numbers of a vector are the shortest that read back as the same float.
 */
final class DecodedLines {

  private static final String FILE = "file";

  /** Enough decimal digits for any float. */
  private static final int FLOAT_DIGITS = 9;

  private final EventCodec codec;

  DecodedLines(EventLimits limits) {
    this.codec = new EventCodec(limits);
  }

  /** A native event. */
  String event(Reading.Accepted accepted, String file) {
    EmbeddingEvent event = ((Decoded.Accepted) codec.decode(accepted.value())).event();
    Header time = accepted.headers().lastHeader(EventHeaders.TIME);
    return CanonicalJson.object(
        json -> {
          json.field(FILE, file)
              .field("id", utf8(accepted.id()))
              .field("source", utf8(accepted.source()))
              .field("time", utf8(time.value()))
              .field("model", event.model())
              .field("model_version", event.modelVersion())
              .field("input_key", accepted.inputKey().toString());
          event.inputText().ifPresent(text -> json.field("input_text", text));
          event
              .inputTensor()
              .ifPresent(
                  tensor ->
                      json.object(
                          "input_tensor",
                          of ->
                              of.numbers(
                                      "shape",
                                      tensor.shape().stream().map(Integer::doubleValue).toList())
                                  .numbers("data", numbers(tensor.vector()))));
          json.object("attributes", of -> new TreeMap<>(event.attributes()).forEach(of::field))
              .field("probe", event.probe());
          event
              .reference()
              .ifPresent(
                  reference ->
                      json.object(
                          "reference_vector",
                          of ->
                              vector(
                                  of.field("reference", reference.referenceId()),
                                  reference.vector())));
          vector(json, event.vector());
        });
  }

  /**
   * One line for each row of a response whose request is not there.
   *
   * @param tensor named where it was one of several
   */
  List<Line> response(Half half, String file, Optional<String> tensor) {
    List<ModelOutput> outputs = ((Content.Answered) half.content()).outputs();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Optional<Rejection> fault = faultOf(outputs.get(i));
      if (fault.isPresent()) {
        lines.add(rejected(fault.get(), file));
      } else if (outputs.get(i) instanceof ModelOutput.Embedding embedding) {
        Optional<String> row = outputs.size() > 1 ? Optional.of("#" + i) : Optional.empty();
        lines.add(
            new Line(
                CanonicalJson.object(
                    json -> {
                      json.field(FILE, file).field("half", "response");
                      tensor.ifPresent(name -> json.field("tensor", name));
                      names(json, half, row.orElse(""));
                      vector(json, embedding.vector());
                    }),
                false));
      }
    }
    return lines;
  }

  /** One line for a request whose response is not there, and one for each unusable input. */
  List<Line> request(Half half, String file) {
    List<String> keys = new ArrayList<>();
    List<Line> refused = new ArrayList<>();
    for (KeyedInput input : ((Content.Asked) half.content()).inputs()) {
      if (input instanceof KeyedInput.Keyed keyed) {
        keys.add(keyed.key().toString());
      } else if (input instanceof KeyedInput.Refused no) {
        refused.add(rejected(no.rejection(), file));
      }
    }
    List<Line> lines = new ArrayList<>();
    if (!keys.isEmpty()) {
      lines.add(
          new Line(
              CanonicalJson.object(
                  json -> {
                    json.field(FILE, file).field("half", "request");
                    names(json, half, "");
                    json.texts("input_keys", keys);
                  }),
              false));
    }
    lines.addAll(refused);
    return lines;
  }

  /** A record that was turned away. */
  static Line rejected(Rejection rejection, String file) {
    return new Line(
        CanonicalJson.object(
            json ->
                json.field("rejected", rejection.reason().label())
                    .field("detail", rejection.detail())
                    .field(FILE, file)),
        true);
  }

  /** A record that the source's filter left out. */
  static Line leftOut(String file) {
    return new Line(
        CanonicalJson.object(json -> json.field("left_out", true).field(FILE, file)), false);
  }

  private static Optional<Rejection> faultOf(ModelOutput output) {
    return output instanceof ModelOutput.Embedding embedding
        ? EventValidator.checkVector("vector", embedding.vector())
        : Optional.of(((ModelOutput.Unusable) output).rejection());
  }

  private static void names(CanonicalJson json, Half half, String row) {
    half.names().id().ifPresent(id -> json.field("id", id + row));
    half.source().ifPresent(source -> json.field("source", source));
    json.field("time", EventTime.format(half.timeMillis()));
    half.names().model().ifPresent(model -> json.field("model", model));
    half.names().version().ifPresent(version -> json.field("model_version", version));
  }

  private static void vector(CanonicalJson json, WireVector vector) {
    json.field("dtype", vector.dtype().name())
        .field("dimension", vector.dimension())
        .numbers("vector", numbers(vector));
  }

  private static List<Double> numbers(WireVector vector) {
    List<Double> numbers = new ArrayList<>(vector.dimension());
    for (float element : vector.toFloats()) {
      numbers.add(shortest(element));
    }
    return numbers;
  }

  /** The number with the fewest digits that is {@code element} once it is read as a float. */
  static double shortest(float element) {
    if (element == Math.rint(element)) {
      return element;
    }
    BigDecimal exact = new BigDecimal(element);
    for (int digits = 1; digits < FLOAT_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.floatValue() == element) {
        return rounded.doubleValue();
      }
    }
    return exact.round(new MathContext(FLOAT_DIGITS)).doubleValue();
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * One line.
   *
   * @param json its text
   * @param isRejection whether it says that something was turned away
   */
  record Line(String json, boolean isRejection) {}
}
