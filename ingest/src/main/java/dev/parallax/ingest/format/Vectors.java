package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Outputs from what formats write vectors as. What is no vector becomes an unusable output. */
final class Vectors {

  /** What OpenInference's instrumentation writes where it was told to hide a value. */
  private static final String REDACTED = "__REDACTED__";

  private Vectors() {}

  /**
   * The vector that a JSON value is: an array of numbers, or base64 of little-endian F32.
   *
   * @param name of the vector, for messages
   */
  static ModelOutput of(String name, JsonValue value) {
    if (value instanceof JsonValue.Numbers numbers) {
      return ofNumbers(numbers);
    }
    if (value instanceof JsonValue.Str text) {
      return ofText(name, text.value());
    }
    if (value instanceof JsonValue.Arr array) {
      return ofMixed(name, array);
    }
    return unusable(
        Reason.NO_FLOAT_OUTPUT, name + ": expected numbers or base64, got " + value.kind());
  }

  /** The vector of some of the numbers. */
  static ModelOutput of(JsonValue.Numbers numbers, int start, int count) {
    ByteBuffer data = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = start; i < start + count; i++) {
      data.putFloat((float) numbers.at(i));
    }
    return of(data.array(), Dtype.F32, count);
  }

  /** The vector of little-endian elements, which are shared. */
  static ModelOutput of(byte[] data, Dtype dtype, int dimension) {
    return new ModelOutput.Embedding(new WireVector(data, dtype, dimension, 1, 0));
  }

  static ModelOutput.Unusable unusable(Reason reason, String detail) {
    return new ModelOutput.Unusable(new Rejection(reason, detail));
  }

  private static ModelOutput ofNumbers(JsonValue.Numbers numbers) {
    return of(numbers, 0, numbers.size());
  }

  private static ModelOutput ofText(String name, String text) {
    if (text.equals(REDACTED)) {
      return unusable(Reason.REDACTED, name + " is " + REDACTED);
    }
    byte[] data;
    try {
      data = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return unusable(Reason.MALFORMED, name + ": a text that is not base64");
    }
    if (data.length == 0 || data.length % Float.BYTES != 0) {
      return unusable(
          Reason.DIMENSION_MISMATCH,
          name + ": base64 of " + data.length + " bytes, expected 4 for each element");
    }
    return of(data, Dtype.F32, data.length / Float.BYTES);
  }

  private static ModelOutput ofMixed(String name, JsonValue.Arr array) {
    if (array.values().isEmpty()) {
      return unusable(Reason.DIMENSION_MISMATCH, name + " has no elements");
    }
    for (int i = 0; i < array.values().size(); i++) {
      JsonValue element = array.values().get(i);
      if (element instanceof JsonValue.Arr || element instanceof JsonValue.Numbers) {
        return unusable(
            Reason.NOT_POOLED, name + " is an array of arrays, expected one of numbers");
      }
      if (element instanceof JsonValue.Nil) {
        return unusable(Reason.NOT_FINITE, name + "[" + i + "] is null");
      }
    }
    return unusable(
        Reason.NO_FLOAT_OUTPUT, name + " is an " + array.kind() + " that are not numbers");
  }
}
