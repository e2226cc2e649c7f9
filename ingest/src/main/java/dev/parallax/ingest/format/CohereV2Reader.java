package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads requests and responses of Cohere's embed endpoint: the second version, which vLLM speaks
 * too, and the answers of the first.
 *
 * <p>A body with {@code embeddings} is a response, whatever texts it repeats. Of several types of
 * one embedding the floats are taken, else {@code base64}; {@code int8}, {@code uint8} and packed
 * bits are no embeddings. Requests hold {@code texts}, {@code inputs} of contents, or {@code
 * images}. Contents are read where they are texts alone; several texts of one input are joined by
 * line feeds.
 */
final class CohereV2Reader implements BodyReader {

  private static final ModelInput IMAGE = TextInputs.unreadable("an image");
  private static final ModelInput NO_TEXT = TextInputs.unreadable("contents that are not texts");

  @Override
  public Payload read(Body body) throws RejectedBodyException {
    JsonValue json = body.json();
    CallNames names =
        new CallNames(Names.at(json, "id"), Names.at(json, "model"), Optional.empty());
    Optional<JsonValue> embeddings = json.get("embeddings");
    if (embeddings.isPresent()) {
      return new Payload.Response(names, outputs(floats(embeddings.get())));
    }
    Optional<JsonValue> texts = json.get("texts").filter(CohereV2Reader::isFilled);
    if (texts.isPresent()) {
      return new Payload.Request(names, TextInputs.of("texts", texts.get()));
    }
    Optional<List<JsonValue>> inputs = json.get("inputs").flatMap(JsonValue::elements);
    if (inputs.isPresent() && !inputs.get().isEmpty()) {
      return new Payload.Request(
          names, inputs.get().stream().map(CohereV2Reader::ofContents).toList());
    }
    Optional<List<JsonValue>> images = json.get("images").flatMap(JsonValue::elements);
    if (images.isPresent() && !images.get().isEmpty()) {
      return new Payload.Request(names, images.get().stream().map(image -> IMAGE).toList());
    }
    if (json.get("texts").isPresent() || json.get("inputs").isPresent() || images.isPresent()) {
      throw new RejectedBodyException(Reason.MISSING_INPUT, "no texts, inputs or images");
    }
    throw UnknownBody.rejection(json, "texts, inputs, images or embeddings");
  }

  private static boolean isFilled(JsonValue value) {
    return value.elements().map(elements -> !elements.isEmpty()).orElse(true);
  }

  private static JsonValue floats(JsonValue embeddings) throws RejectedBodyException {
    if (embeddings.elements().isPresent()) {
      return embeddings;
    }
    Optional<JsonValue> floats =
        embeddings
            .get("float")
            .filter(CohereV2Reader::isFilled)
            .or(() -> embeddings.get("base64").filter(CohereV2Reader::isFilled));
    if (floats.isPresent()) {
      return floats.get();
    }
    if (embeddings instanceof JsonValue.Obj types) {
      throw new RejectedBodyException(
          Reason.NO_FLOAT_OUTPUT,
          "no float or base64 in embeddings; it has "
              + types.members().keySet().stream().limit(8).map(Names::cut).toList());
    }
    throw new RejectedBodyException(
        Reason.MALFORMED, "embeddings: expected an object or a list, got " + embeddings.kind());
  }

  private static List<ModelOutput> outputs(JsonValue floats) throws RejectedBodyException {
    if (!(floats instanceof JsonValue.Arr rows)) {
      throw new RejectedBodyException(
          Reason.MALFORMED, "embeddings: expected a list of vectors, got " + floats.kind());
    }
    if (rows.values().isEmpty()) {
      throw new RejectedBodyException(Reason.COUNT_MISMATCH, "embeddings is empty");
    }
    List<ModelOutput> outputs = new ArrayList<>(rows.values().size());
    for (JsonValue row : rows.values()) {
      outputs.add(Vectors.of(row));
    }
    return outputs;
  }

  private static ModelInput ofContents(JsonValue input) {
    Optional<List<JsonValue>> contents = input.get("content").flatMap(JsonValue::elements);
    if (contents.isEmpty() || contents.get().isEmpty()) {
      return NO_TEXT;
    }
    List<String> texts = new ArrayList<>(contents.get().size());
    for (JsonValue content : contents.get()) {
      Optional<String> text = content.get("text").flatMap(JsonValue::text);
      if (text.isEmpty() || content.get("image_url").isPresent()) {
        return NO_TEXT;
      }
      texts.add(text.get());
    }
    return new ModelInput.Text(String.join("\n", texts));
  }
}
