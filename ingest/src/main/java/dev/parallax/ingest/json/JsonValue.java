package dev.parallax.ingest.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value. */
public sealed interface JsonValue {

  /** The member {@code name}; empty if this is no object, or has no such member or a null there. */
  default Optional<JsonValue> get(String name) {
    return Optional.empty();
  }

  /** The text of a JSON string; empty for anything else. */
  default Optional<String> text() {
    return Optional.empty();
  }

  /** The elements of an array, of packed numbers too; empty for anything else. */
  default Optional<List<JsonValue>> elements() {
    return Optional.empty();
  }

  /** What it is, for a message: {@code object}, {@code array of 3}, {@code string}… */
  String kind();

  /**
   * An object.
   *
   * @param members in the order of the text
   */
  record Obj(Map<String, JsonValue> members) implements JsonValue {
    static final Obj EMPTY = new Obj(Map.of());

    @Override
    public Optional<JsonValue> get(String name) {
      return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Nil));
    }

    @Override
    public String kind() {
      return "object";
    }
  }

  /**
   * An array that is empty or holds something other than numbers.
   *
   * @param values the elements
   */
  record Arr(List<JsonValue> values) implements JsonValue {
    static final Arr EMPTY = new Arr(List.of());

    @Override
    public Optional<List<JsonValue>> elements() {
      return Optional.of(values);
    }

    @Override
    public String kind() {
      return "array of " + values.size();
    }
  }

  /** An array of one or more numbers and of nothing else. Its numbers are shared, never changed. */
  final class Numbers implements JsonValue {
    private final double[] values;
    private final boolean integers;

    Numbers(double[] values, boolean integers) {
      this.values = values;
      this.integers = integers;
    }

    /** How many. */
    public int size() {
      return values.length;
    }

    /** The number at {@code index}; a NaN or an infinity where the text says so. */
    public double at(int index) {
      return values[index];
    }

    /** Whether every number is written without fraction and exponent. */
    public boolean areIntegers() {
      return integers;
    }

    @Override
    public Optional<List<JsonValue>> elements() {
      return Optional.of(new NumberList(values, integers));
    }

    @Override
    public String kind() {
      return "array of " + values.length + " numbers";
    }
  }

  /**
   * A number.
   *
   * @param value as a double; a NaN or an infinity where the text says so
   * @param integer whether it is written without fraction and exponent
   */
  record Num(double value, boolean integer) implements JsonValue {
    @Override
    public String kind() {
      return "number";
    }
  }

  /**
   * A string.
   *
   * @param value without quotes and escapes
   */
  record Str(String value) implements JsonValue {
    @Override
    public Optional<String> text() {
      return Optional.of(value);
    }

    @Override
    public String kind() {
      return "string";
    }
  }

  /**
   * True or false.
   *
   * @param value which
   */
  record Bool(boolean value) implements JsonValue {
    static final Bool TRUE = new Bool(true);
    static final Bool FALSE = new Bool(false);

    @Override
    public String kind() {
      return "boolean";
    }
  }

  /** The null. */
  enum Nil implements JsonValue {
    /** The only one. */
    NULL;

    @Override
    public String kind() {
      return "null";
    }
  }
}
