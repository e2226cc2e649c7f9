package dev.parallax.core.npy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a {@code .npy} file: a Python dictionary literal with exactly the keys {@code
 * descr}, {@code fortran_order} and {@code shape}.
 *
 * <p>Only the literals that can stand there are understood: strings without escapes, {@code True}
 * and {@code False}, and tuples of non-negative integers. Nothing is evaluated.
 *
 * @param elementType of the data
 * @param rows 1 or more
 * @param columns 1 or more
 */
record NpyHeader(NpyMatrix.ElementType elementType, int rows, int columns) {

  static NpyHeader parse(String text) throws NpyFormatException {
    Map<String, Object> entries = new Literal(text).dictionary();
    for (String key : entries.keySet()) {
      if (!List.of("descr", "fortran_order", "shape").contains(key)) {
        throw new NpyFormatException("header: unknown key '" + key + "'");
      }
    }
    NpyMatrix.ElementType elementType = elementType(required(entries, "descr"));
    Object fortranOrder = required(entries, "fortran_order");
    if (fortranOrder.equals(true)) {
      throw new NpyFormatException("fortran_order: expected False (C order), got True");
    }
    if (!fortranOrder.equals(false)) {
      throw new NpyFormatException("fortran_order: expected False, got " + fortranOrder);
    }
    if (!(required(entries, "shape") instanceof List<?> shape)) {
      throw new NpyFormatException("shape: expected a tuple, got " + entries.get("shape"));
    }
    if (shape.size() != 2) {
      throw new NpyFormatException("shape: expected 2 dimensions, got " + shape.size());
    }
    return new NpyHeader(elementType, length(shape, 0), length(shape, 1));
  }

  private static Object required(Map<String, Object> entries, String key)
      throws NpyFormatException {
    Object value = entries.get(key);
    if (value == null) {
      throw new NpyFormatException("header: key '" + key + "' is missing");
    }
    return value;
  }

  private static NpyMatrix.ElementType elementType(Object descr) throws NpyFormatException {
    for (NpyMatrix.ElementType type : NpyMatrix.ElementType.values()) {
      if (type.descr().equals(descr)) {
        return type;
      }
    }
    throw new NpyFormatException(
        "descr: expected '<f4' or '<f8' (little-endian float32 or float64), got '" + descr + "'");
  }

  private static int length(List<?> shape, int dimension) throws NpyFormatException {
    long length = (Long) shape.get(dimension);
    if (length < 1 || length > Integer.MAX_VALUE / Double.BYTES) {
      throw new NpyFormatException(
          "shape: expected dimensions from 1 to "
              + Integer.MAX_VALUE / Double.BYTES
              + ", got "
              + shape);
    }
    return (int) length;
  }

  /** Recursive descent over one dictionary literal. */
  private static final class Literal {

    private final String text;
    private int at;

    Literal(String text) {
      this.text = text;
    }

    Map<String, Object> dictionary() throws NpyFormatException {
      Map<String, Object> entries = new LinkedHashMap<>();
      expect('{');
      while (peek() != '}') {
        String key = string();
        expect(':');
        if (entries.put(key, value()) != null) {
          throw new NpyFormatException("header: key '" + key + "' appears twice");
        }
        if (peek() != '}') {
          expect(',');
        }
      }
      expect('}');
      skipBlanks();
      if (at != text.length()) {
        throw unexpected("the end");
      }
      return entries;
    }

    private Object value() throws NpyFormatException {
      return switch (peek()) {
        case '\'', '"' -> string();
        case '(' -> tuple();
        case 'T' -> word("True", true);
        case 'F' -> word("False", false);
        default -> throw unexpected("a string, True, False or a tuple of integers");
      };
    }

    private String string() throws NpyFormatException {
      char quote = peek();
      if (quote != '\'' && quote != '"') {
        throw unexpected("a string");
      }
      int end = text.indexOf(quote, at + 1);
      if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
        throw unexpected("a string without escapes");
      }
      String string = text.substring(at + 1, end);
      at = end + 1;
      return string;
    }

    private boolean word(String word, boolean value) throws NpyFormatException {
      if (!text.startsWith(word, at)) {
        throw unexpected(word);
      }
      at += word.length();
      return value;
    }

    private List<Long> tuple() throws NpyFormatException {
      List<Long> items = new ArrayList<>();
      expect('(');
      while (peek() != ')') {
        items.add(integer());
        if (peek() != ')') {
          expect(',');
        }
      }
      expect(')');
      return items;
    }

    private long integer() throws NpyFormatException {
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      String digits = text.substring(start, at);
      if (digits.isEmpty()) {
        throw unexpected("a non-negative integer");
      }
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        throw new NpyFormatException("shape: " + digits + " is too large");
      }
    }

    private char peek() throws NpyFormatException {
      skipBlanks();
      if (at == text.length()) {
        throw unexpected("more");
      }
      return text.charAt(at);
    }

    private void expect(char symbol) throws NpyFormatException {
      if (peek() != symbol) {
        throw unexpected("'" + symbol + "'");
      }
      at++;
    }

    private void skipBlanks() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
        at++;
      }
    }

    private NpyFormatException unexpected(String expected) {
      String found = at == text.length() ? "the end" : "'" + text.charAt(at) + "'";
      return new NpyFormatException(
          "header: expected " + expected + " at character " + at + ", got " + found);
    }
  }
}
