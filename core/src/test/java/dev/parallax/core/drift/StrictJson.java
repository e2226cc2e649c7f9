package dev.parallax.core.drift;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON text by the letter of RFC 8259; white space and repeated names are refused. */
final class StrictJson {

  private static final String NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?";

  private final String text;
  private int at;

  private StrictJson(String text) {
    this.text = text;
  }

  /** The object in these UTF-8 bytes: maps, lists, texts, doubles and booleans. */
  @SuppressWarnings("unchecked") // the cast to Map fails here if the text is no object
  static Map<String, Object> object(byte[] utf8) {
    StrictJson json = new StrictJson(new String(utf8, StandardCharsets.UTF_8));
    Map<String, Object> object = (Map<String, Object>) json.value();
    json.expect(json.at == json.text.length(), "the end");
    return object;
  }

  private Object value() {
    return switch (text.charAt(at)) {
      case '{' -> members();
      case '[' -> elements();
      case '"' -> string();
      default -> scalar();
    };
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    while (text.charAt(at) != '}') {
      expect(members.isEmpty() || text.charAt(at++) == ',', "a comma");
      String name = string();
      expect(text.charAt(at++) == ':', "a colon");
      expect(members.put(name, value()) == null, "a new name, not " + name);
    }
    at++;
    return members;
  }

  private List<Object> elements() {
    List<Object> elements = new ArrayList<>();
    at++;
    while (text.charAt(at) != ']') {
      expect(elements.isEmpty() || text.charAt(at++) == ',', "a comma");
      elements.add(value());
    }
    at++;
    return elements;
  }

  private String string() {
    expect(text.charAt(at++) == '"', "a quote");
    StringBuilder string = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      expect(c >= 0x20, "an escaped control character");
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    if (c == 'u') {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
    int index = "\"\\/bfnrt".indexOf(c);
    expect(index >= 0, "an escape");
    return "\"\\/\b\f\n\r\t".charAt(index);
  }

  private Object scalar() {
    int start = at;
    while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String scalar = text.substring(start, at);
    if (scalar.equals("true") || scalar.equals("false")) {
      return Boolean.valueOf(scalar);
    }
    expect(scalar.matches(NUMBER), "a number, not " + scalar);
    return Double.valueOf(scalar);
  }

  private void expect(boolean met, String what) {
    if (!met) {
      throw new IllegalArgumentException("at " + at + ": expected " + what + " in " + text);
    }
  }
}
