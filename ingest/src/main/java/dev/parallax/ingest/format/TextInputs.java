package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Inputs as embedding endpoints take them: a text, a list of texts, a list of tokens, or a list of
 * lists of tokens.
 */
final class TextInputs {

  private static final double MAX_TOKEN = 1L << 53;

  private static final ModelInput NEITHER =
      unreadable("an input that is neither a text nor a list of tokens");
  private static final ModelInput NO_TOKENS =
      unreadable("a list of numbers that are not ids of tokens");

  private TextInputs() {}

  /**
   * The inputs that {@code value} is, at least one.
   *
   * @param name of the member it stands at, for messages
   * @throws RejectedBodyException {@code missing-input} if it is no input or an empty list
   */
  static List<ModelInput> of(String name, JsonValue value) throws RejectedBodyException {
    if (value instanceof JsonValue.Str || value instanceof JsonValue.Numbers) {
      return List.of(one(value));
    }
    if (!(value instanceof JsonValue.Arr array)) {
      throw new RejectedBodyException(
          Reason.MISSING_INPUT, name + ": expected a text or a list, got " + value.kind());
    }
    if (array.values().isEmpty()) {
      throw new RejectedBodyException(Reason.MISSING_INPUT, name + " is an empty list");
    }
    List<ModelInput> inputs = new ArrayList<>(array.values().size());
    for (JsonValue element : array.values()) {
      inputs.add(one(element));
    }
    return inputs;
  }

  static ModelInput.Unreadable unreadable(String detail) {
    return new ModelInput.Unreadable(new Rejection(Reason.MISSING_INPUT, detail));
  }

  /** One input: a text, also inside an object as {@code text}, or tokens. */
  private static ModelInput one(JsonValue value) {
    if (value instanceof JsonValue.Str text) {
      return new ModelInput.Text(text.value());
    }
    if (value instanceof JsonValue.Numbers numbers) {
      return tokens(numbers);
    }
    if (value instanceof JsonValue.Obj object
        && object.members().size() == 1
        && object.members().get("text") instanceof JsonValue.Str text) {
      return new ModelInput.Text(text.value());
    }
    return NEITHER;
  }

  private static ModelInput tokens(JsonValue.Numbers numbers) {
    long[] ids = new long[numbers.size()];
    for (int i = 0; i < ids.length; i++) {
      double id = numbers.at(i);
      if (!numbers.areIntegers() || id < 0 || id > MAX_TOKEN) {
        return NO_TOKENS;
      }
      ids[i] = (long) id;
    }
    return new ModelInput.Tokens(ids);
  }
}
