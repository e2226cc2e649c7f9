package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.json.JsonValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/**
 * Outputs from what formats write vectors as. What is no vector becomes an unusable output, and
 * takes no memory: a batch may hold a bad row for every few bytes.
 */
final class Vectors {

  /** What OpenInference's instrumentation writes where it was told to hide a value. */
  private static final String REDACTED = "__REDACTED__";

  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private static final ModelOutput EMPTY =
      unusable(Reason.DIMENSION_MISMATCH, "a vector without elements");
  private static final ModelOutput HIDDEN = unusable(Reason.REDACTED, REDACTED);
  private static final ModelOutput NOT_BASE64 =
      unusable(Reason.MALFORMED, "expected numbers or base64, got a text that is not base64");
  private static final ModelOutput NOT_F32 =
      unusable(
          Reason.DIMENSION_MISMATCH, "base64 of a length that is not 4 bytes for each element");
  private static final ModelOutput NESTED =
      unusable(Reason.NOT_POOLED, "an array of arrays, expected one of numbers");
  private static final ModelOutput HAS_NULL = unusable(Reason.NOT_FINITE, "an element is null");
  private static final ModelOutput NOT_NUMBERS =
      unusable(Reason.NO_FLOAT_OUTPUT, "an array of other things than numbers");
  private static final ModelOutput NO_VECTOR =
      unusable(Reason.NO_FLOAT_OUTPUT, "neither an array of numbers nor base64");

  private Vectors() {}

  /**
   * The vector that a JSON value is: an array of numbers, or base64 of little-endian F32.
   *
   * @param name of the vector, for messages
   */
  static ModelOutput of(String name, JsonValue value) {
    ModelOutput output = of(value);
    return output instanceof ModelOutput.Unusable unusable
        ? unusable(unusable.rejection().reason(), name + ": " + unusable.rejection().detail())
        : output;
  }

  /** The vector that a JSON value is; messages do not say which. */
  static ModelOutput of(JsonValue value) {
    if (value instanceof JsonValue.Numbers numbers) {
      return of(numbers);
    }
    if (value instanceof JsonValue.Str text) {
      return ofText(text.value());
    }
    if (value instanceof JsonValue.Arr array) {
      return ofMixed(array.values());
    }
    return NO_VECTOR;
  }

  /** The vector of these numbers. */
  static ModelOutput of(JsonValue.Numbers numbers) {
    return of(numbers, 0, numbers.size());
  }

  /** The vector of some of the numbers. */
  static ModelOutput of(JsonValue.Numbers numbers, int start, int count) {
    byte[] data = new byte[count * Float.BYTES];
    for (int i = 0; i < count; i++) {
      putFloat(data, i, numbers.at(start + i));
    }
    return of(data, Dtype.F32, count);
  }

  /** The vector of little-endian elements, which are shared. */
  static ModelOutput of(byte[] data, Dtype dtype, int dimension) {
    return new ModelOutput.Embedding(new WireVector(data, dtype, dimension, 1, 0));
  }

  static ModelOutput.Unusable unusable(Reason reason, String detail) {
    return new ModelOutput.Unusable(new Rejection(reason, detail));
  }

  /** Writes the element at {@code index} of a vector of F32. */
  static void putFloat(byte[] data, int index, double value) {
    FLOATS.set(data, index * Float.BYTES, (float) value);
  }

  private static ModelOutput ofText(String text) {
    if (text.equals(REDACTED)) {
      return HIDDEN;
    }
    int digits = base64Digits(text);
    if (digits < 0) {
      return NOT_BASE64;
    }
    int bytes = (int) (digits * 3L / 4);
    if (bytes == 0) {
      return EMPTY;
    }
    return bytes % Float.BYTES == 0
        ? of(Base64.getDecoder().decode(text), Dtype.F32, bytes / Float.BYTES)
        : NOT_F32;
  }

  /**
   * How many digits a base64 text has before its padding, which may be missing; -1 if it is no
   * base64. Asked first, since the decoder throws.
   */
  private static int base64Digits(String text) {
    int digits = text.length();
    while (digits > 0 && text.length() - digits < 2 && text.charAt(digits - 1) == '=') {
      digits--;
    }
    boolean padded = digits < text.length();
    if (digits % 4 == 1 || (padded && text.length() % 4 != 0)) {
      return -1;
    }
    for (int i = 0; i < digits; i++) {
      char digit = text.charAt(i);
      boolean valid =
          (digit >= 'A' && digit <= 'Z')
              || (digit >= 'a' && digit <= 'z')
              || (digit >= '0' && digit <= '9')
              || digit == '+'
              || digit == '/';
      if (!valid) {
        return -1;
      }
    }
    return digits;
  }

  private static ModelOutput ofMixed(List<JsonValue> elements) {
    for (JsonValue element : elements) {
      if (element instanceof JsonValue.Arr || element instanceof JsonValue.Numbers) {
        return NESTED;
      }
      if (element instanceof JsonValue.Nil) {
        return HAS_NULL;
      }
    }
    return elements.isEmpty() ? EMPTY : NOT_NUMBERS;
  }
}
