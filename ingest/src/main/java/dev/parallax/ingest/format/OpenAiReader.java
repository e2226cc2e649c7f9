package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests and responses of OpenAI's embeddings endpoint and of those who speak like it:
 * vLLM, Ray Serve, TEI, Triton's front end, KServe.
 *
 * <p>A body with {@code input} is a request, one with {@code data} a response. Embeddings are
 * numbers or base64 of little-endian F32, whichever is there; {@code encoding_format} is not looked
 * at. Answers stand in the order of their {@code index}, an answer without one at its position.
 * Where an index is left out, an unusable output stands in its place; there are at most as many
 * such holes as answers.
 */
final class OpenAiReader implements BodyReader {

  private static final ModelOutput HOLE =
      Vectors.unusable(Reason.COUNT_MISMATCH, "no answer with the index of this input");
  private static final ModelOutput NO_EMBEDDING =
      Vectors.unusable(Reason.MISSING_FIELD, "an answer in data has no embedding");

  @Override
  public Payload read(Body body) throws RejectedBodyException {
    return read(body.json());
  }

  Payload read(JsonValue body) throws RejectedBodyException {
    Optional<JsonValue> input = body.get("input");
    if (input.isPresent()) {
      return new Payload.Request(names(body), TextInputs.of("input", input.get()));
    }
    if (body.get("messages").isPresent()) {
      return new Payload.Request(
          names(body), List.of(TextInputs.unreadable("messages, expected input")));
    }
    Optional<JsonValue> data = body.get("data");
    if (data.isPresent() && data.get().elements().isPresent()) {
      return new Payload.Response(names(body), outputs(data.get().elements().get()));
    }
    throw UnknownBody.rejection(body, "input or data");
  }

  private static CallNames names(JsonValue body) {
    return new CallNames(Names.at(body, "id"), Names.at(body, "model"), Optional.empty());
  }

  private static List<ModelOutput> outputs(List<JsonValue> answers) throws RejectedBodyException {
    if (answers.isEmpty()) {
      throw new RejectedBodyException(Reason.COUNT_MISMATCH, "data is empty");
    }
    @Nullable ModelOutput[] byIndex = new ModelOutput[2 * answers.size()];
    int count = 0;
    for (int position = 0; position < answers.size(); position++) {
      JsonValue answer = answers.get(position);
      if (!(answer instanceof JsonValue.Obj)) {
        throw new RejectedBodyException(
            Reason.MALFORMED, "data[" + position + "]: expected an object, got " + answer.kind());
      }
      int index = indexOf(answer, position, byIndex.length);
      if (byIndex[index] != null) {
        throw new RejectedBodyException(Reason.MALFORMED, "index " + index + " twice in data");
      }
      byIndex[index] = output(answer);
      count = Math.max(count, index + 1);
    }
    List<ModelOutput> outputs = new ArrayList<>(count);
    for (ModelOutput output : Arrays.asList(byIndex).subList(0, count)) {
      outputs.add(output == null ? HOLE : output);
    }
    return outputs;
  }

  private static int indexOf(JsonValue answer, int position, int end) throws RejectedBodyException {
    Optional<JsonValue> index = answer.get("index");
    if (index.isEmpty()) {
      return position;
    }
    if (index.get() instanceof JsonValue.Num number
        && number.integer()
        && number.value() >= 0
        && number.value() < end) {
      return (int) number.value();
    }
    throw new RejectedBodyException(
        Reason.MALFORMED,
        "index of data[" + position + "]: expected a number from 0 to " + (end - 1));
  }

  private static ModelOutput output(JsonValue answer) {
    Optional<JsonValue> embedding = answer.get("embedding");
    return embedding.isPresent() ? Vectors.of(embedding.get()) : NO_EMBEDDING;
  }
}
