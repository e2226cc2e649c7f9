package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads requests and responses of the Open Inference Protocol in JSON, as KServe, Triton and
 * MLServer send them, and of KServe's first version.
 *
 * <p>A body with {@code inputs} or {@code instances} is a request, one with {@code outputs} or
 * {@code predictions} alone a response; which tensor is taken is what {@link OipTensors} says.
 * Numbers are F32, whatever float datatype the tensor has. In the first version, which knows no
 * datatypes, an instance is a text or an array of numbers, and predictions are embeddings if they
 * are arrays of numbers and any is written with a fraction.
 */
final class OipJsonReader implements BodyReader {

  private static final ModelInput NO_INPUT =
      TextInputs.unreadable("an instance that is neither a text nor an array of numbers");

  private final FormatOptions options;

  OipJsonReader(FormatOptions options) {
    this.options = options;
  }

  @Override
  public Payload read(Body body) throws RejectedBodyException {
    JsonValue json = body.json();
    Optional<JsonValue> inputs = json.get("inputs");
    if (inputs.isPresent()) {
      return new Payload.Request(
          names(json), OipTensors.inputs(OipJsonTensors.of("inputs", inputs.get()), options));
    }
    Optional<JsonValue> outputs = json.get("outputs");
    if (outputs.isPresent()) {
      return new Payload.Response(
          names(json), OipTensors.outputs(OipJsonTensors.of("outputs", outputs.get()), options));
    }
    Optional<JsonValue> instances = json.get("instances");
    if (instances.isPresent()) {
      return new Payload.Request(names(json), instances(instances.get()));
    }
    Optional<JsonValue> predictions = json.get("predictions");
    if (predictions.isPresent()) {
      return new Payload.Response(names(json), predictions(predictions.get()));
    }
    throw UnknownBody.rejection(json, "inputs or outputs");
  }

  /** What a body of the protocol calls the call and the model. */
  static CallNames names(JsonValue json) {
    return new CallNames(
        Names.at(json, "id"), Names.at(json, "model_name"), Names.at(json, "model_version"));
  }

  private static List<ModelInput> instances(JsonValue value) throws RejectedBodyException {
    List<ModelInput> inputs = new ArrayList<>();
    for (JsonValue instance : rows("instances", Reason.MISSING_INPUT, value)) {
      inputs.add(instance(instance));
    }
    return inputs;
  }

  private static ModelInput instance(JsonValue instance) {
    if (instance instanceof JsonValue.Str text) {
      return new ModelInput.Text(text.value());
    }
    if (instance instanceof JsonValue.Numbers numbers
        && Vectors.of(numbers) instanceof ModelOutput.Embedding row) {
      return new ModelInput.Tensor(row.vector(), List.of(numbers.size()));
    }
    return NO_INPUT;
  }

  private static List<ModelOutput> predictions(JsonValue value) throws RejectedBodyException {
    List<JsonValue> rows = rows("predictions", Reason.COUNT_MISMATCH, value);
    boolean fractions = false;
    List<ModelOutput> outputs = new ArrayList<>(rows.size());
    for (JsonValue row : rows) {
      if (row instanceof JsonValue.Numbers numbers) {
        fractions |= !numbers.areIntegers() && numbers.size() > 1;
      }
    }
    boolean nested = rows.get(0) instanceof JsonValue.Arr;
    if (!fractions && !nested) {
      throw new RejectedBodyException(
          Reason.NO_FLOAT_OUTPUT, "no float output; predictions is an " + value.kind());
    }
    for (JsonValue row : rows) {
      outputs.add(Vectors.of(row));
    }
    return outputs;
  }

  private static List<JsonValue> rows(String name, Reason ifNone, JsonValue value)
      throws RejectedBodyException {
    Optional<List<JsonValue>> rows = value.elements();
    if (rows.isEmpty()) {
      throw new RejectedBodyException(
          Reason.MALFORMED, name + ": expected a list, got " + value.kind());
    }
    if (rows.get().isEmpty()) {
      throw new RejectedBodyException(ifNone, name + " is an empty list");
    }
    return rows.get();
  }
}
