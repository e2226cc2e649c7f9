package dev.parallax.core.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Writes one JSON value with no white space, fields in the order given and numbers in their
 * shortest form that reads back as the same double.
 *
 * <p>{@link Double#toString(double)} changed between Java 18 and 19; this form does not depend on
 * the Java version, so records can be compared byte for byte.
 */
public final class CanonicalJson {

  private final StringBuilder out = new StringBuilder(512);
  private boolean first = true;

  private CanonicalJson() {}

  /** An object whose fields {@code fields} adds. */
  public static String object(Consumer<CanonicalJson> fields) {
    CanonicalJson json = new CanonicalJson();
    json.openObject(fields);
    return json.out.toString();
  }

  /** The UTF-8 bytes of {@link #object(Consumer)}. */
  public static byte[] objectBytes(Consumer<CanonicalJson> fields) {
    return object(fields).getBytes(StandardCharsets.UTF_8);
  }

  /** Adds a text. */
  public CanonicalJson field(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  /** Adds a whole number. */
  public CanonicalJson field(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  /**
   * Adds a number.
   *
   * @throws IllegalArgumentException if it is not finite: a figure that cannot be stated is left
   *     out
   */
  public CanonicalJson field(String name, double value) {
    name(name);
    out.append(number(value));
    return this;
  }

  /** Adds a truth value. */
  public CanonicalJson field(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  /** Adds an object. */
  public CanonicalJson object(String name, Consumer<CanonicalJson> fields) {
    name(name);
    openObject(fields);
    return this;
  }

  /** Adds a list of texts. */
  public CanonicalJson texts(String name, List<String> values) {
    name(name);
    out.append('[');
    for (Iterator<String> i = values.iterator(); i.hasNext(); ) {
      quote(i.next());
      out.append(i.hasNext() ? "," : "");
    }
    out.append(']');
    return this;
  }

  /** Adds a list of finite numbers. */
  public CanonicalJson numbers(String name, List<Double> values) {
    name(name);
    out.append(
        values.stream().map(CanonicalJson::number).collect(Collectors.joining(",", "[", "]")));
    return this;
  }

  /** Adds a list of objects, each written by {@code fields}. */
  public <T> CanonicalJson objects(
      String name, List<T> values, BiConsumer<CanonicalJson, T> fields) {
    name(name);
    out.append('[');
    for (Iterator<T> i = values.iterator(); i.hasNext(); ) {
      T value = i.next();
      openObject(json -> fields.accept(json, value));
      out.append(i.hasNext() ? "," : "");
    }
    out.append(']');
    return this;
  }

  /** The shortest decimal that reads back as {@code value}. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("expected a finite number, got " + value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return text(rounded);
      }
    }
    return text(exact.round(new MathContext(17)));
  }

  private static String text(BigDecimal value) {
    return value.stripTrailingZeros().toString();
  }

  private void openObject(Consumer<CanonicalJson> fields) {
    boolean outer = first;
    out.append('{');
    first = true;
    fields.accept(this);
    first = outer;
    out.append('}');
  }

  private void name(String name) {
    if (!first) {
      out.append(',');
    }
    first = false;
    quote(name);
    out.append(':');
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c) && !isPaired(text, i)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static boolean isPaired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
