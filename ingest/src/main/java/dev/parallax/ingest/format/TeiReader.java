package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads requests and responses of Text Embeddings Inference: {@code /embed}, and its OpenAI route
 * as {@link OpenAiReader} does.
 *
 * <p>The answer of {@code /embed} is a bare list of vectors. That of {@code /embed_all} has one
 * more axis, {@code /embed_sparse}, {@code /rerank}, {@code /predict} and {@code /tokenize} answer
 * with objects, {@code /similarity} with one list of scores: no embeddings.
 */
final class TeiReader implements BodyReader {

  private final OpenAiReader openAi = new OpenAiReader();

  @Override
  public Payload read(Body body) throws RejectedBodyException {
    JsonValue json = body.json();
    if (json instanceof JsonValue.Numbers numbers) {
      throw new RejectedBodyException(
          Reason.NO_FLOAT_OUTPUT,
          numbers.kind() + ", as /similarity answers; expected a list of vectors");
    }
    if (json instanceof JsonValue.Arr rows) {
      return new Payload.Response(CallNames.NONE, outputs(rows.values()));
    }
    Optional<JsonValue> inputs = json.get("inputs");
    if (inputs.isPresent()) {
      return new Payload.Request(CallNames.NONE, TextInputs.of("inputs", inputs.get()));
    }
    if (json.get("input").isPresent() || json.get("data").isPresent()) {
      return openAi.read(json);
    }
    throw UnknownBody.rejection(json, "inputs or a list of vectors");
  }

  private static List<ModelOutput> outputs(List<JsonValue> rows) throws RejectedBodyException {
    if (rows.isEmpty()) {
      throw new RejectedBodyException(Reason.COUNT_MISMATCH, "an empty list of vectors");
    }
    refuseOtherRoutes(rows.get(0));
    List<ModelOutput> outputs = new ArrayList<>(rows.size());
    for (JsonValue row : rows) {
      outputs.add(Vectors.of(row));
    }
    return outputs;
  }

  private static void refuseOtherRoutes(JsonValue first) throws RejectedBodyException {
    if (first instanceof JsonValue.Obj) {
      throw new RejectedBodyException(
          Reason.NO_FLOAT_OUTPUT, "a list of objects, as /rerank and /predict answer");
    }
    if (first instanceof JsonValue.Arr row && !row.values().isEmpty()) {
      JsonValue inner = row.values().get(0);
      if (inner instanceof JsonValue.Obj) {
        throw new RejectedBodyException(
            Reason.NO_FLOAT_OUTPUT, "lists of objects, as /embed_sparse and /predict answer");
      }
      if (inner instanceof JsonValue.Arr || inner instanceof JsonValue.Numbers) {
        throw new RejectedBodyException(
            Reason.NOT_POOLED, "three axes, as /embed_all answers; expected a list of vectors");
      }
    }
  }
}
