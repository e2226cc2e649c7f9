package dev.parallax.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text into a tree.
 *
 * <p>Arrays of numbers are packed into doubles as they are read, so that a vector of a thousand
 * numbers is one value and not a thousand. Nesting is at most {@value #MAX_DEPTH} deep, a number at
 * most {@value #MAX_NUMBER_CHARS} characters long and a key {@value #MAX_NAME_CHARS}; a key that an
 * object has twice is refused, since readers differ on which of the two counts. {@code NaN}, {@code
 * Infinity} and {@code -Infinity}, which Python writes, are read as numbers. A text takes at most
 * {@value #BYTES_PER_BYTE} bytes of heap for each of its bytes, and 32 kB for the parser.
 */
public final class JsonTree {

  /** Deepest nesting. */
  public static final int MAX_DEPTH = 64;

  /** Longest number, in characters. */
  public static final int MAX_NUMBER_CHARS = 100;

  /** Longest key, in characters. */
  public static final int MAX_NAME_CHARS = 1024;

  /**
   * Most bytes of heap for each byte of text: the tree, the garbage of reading it, and what readers
   * of bodies make of it. The tree alone takes 40.
   */
  public static final int BYTES_PER_BYTE = 80;

  /** Characters decoded at a time while UTF-8 is checked. */
  private static final int DECODED_CHARS = 4096;

  private static final String UNKNOWN_WORD = "Unrecognized token";

  private static final JsonFactory FACTORY =
      new Utf8JsonFactory(
          ((JsonFactoryBuilder) JsonFactory.builder())
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_DEPTH)
                      .maxNumberLength(MAX_NUMBER_CHARS)
                      .maxNameLength(MAX_NAME_CHARS)
                      .maxStringLength(Integer.MAX_VALUE)
                      .build()));

  private final JsonParser parser;

  /** Numbers of the array that is being read, until it ends or turns out to hold other values. */
  private double[] numbers = new double[64];

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The value that the whole text is.
   *
   * @param utf8 UTF-8
   * @throws NotJsonException if it is not exactly one JSON value, or breaks a bound
   */
  public static JsonValue read(byte[] utf8) throws NotJsonException {
    Prefix prefix = readPrefix(utf8, 0, utf8.length);
    for (int i = prefix.length(); i < utf8.length; i++) {
      if (!isWhiteSpace(utf8[i])) {
        throw new NotJsonException("more after the end of the value, at byte " + i);
      }
    }
    return prefix.value();
  }

  /**
   * The value that the text begins with; what follows is not looked at.
   *
   * @param start where the text starts in {@code bytes}
   * @param end where it ends at the latest
   * @throws NotJsonException if it does not begin with a JSON value, or breaks a bound
   */
  public static Prefix readPrefix(byte[] bytes, int start, int end) throws NotJsonException {
    try (JsonParser parser = parser(bytes, start, end)) {
      if (parser.nextToken() == null) {
        throw new NotJsonException("empty");
      }
      JsonValue value = new JsonTree(parser).value();
      int length = (int) parser.currentLocation().getByteOffset();
      requireUtf8(bytes, start, length);
      return new Prefix(value, length);
    } catch (IOException e) {
      throw notJson(e);
    }
  }

  /** The parser lets bytes in names pass that are no UTF-8, depending on where the name begins. */
  private static void requireUtf8(byte[] bytes, int start, int length) throws NotJsonException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, start, length);
    CharBuffer out = CharBuffer.allocate(Math.min(length, DECODED_CHARS) + 1);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isOverflow()) {
      out.clear();
      result = decoder.decode(in, out, true);
    }
    if (result.isError()) {
      throw new NotJsonException("no UTF-8, at byte " + (in.position() - start));
    }
  }

  static JsonParser parser(byte[] bytes, int start, int end) throws IOException {
    return FACTORY.createParser(bytes, start, end - start);
  }

  /** What is wrong and where, without the word that Jackson quotes: it may be of an input. */
  static NotJsonException notJson(IOException cause) {
    if (!(cause instanceof JsonProcessingException syntax)) {
      return new NotJsonException(String.valueOf(cause.getMessage()));
    }
    String message = syntax.getOriginalMessage();
    JsonLocation where = syntax.getLocation();
    return new NotJsonException(
        (message.startsWith(UNKNOWN_WORD) ? UNKNOWN_WORD : message)
            + (where == null ? "" : ", at byte " + where.getByteOffset()));
  }

  private JsonValue value() throws IOException, NotJsonException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new JsonValue.Str(parser.getText());
      case VALUE_NUMBER_INT -> new JsonValue.Num(parser.getDoubleValue(), true);
      case VALUE_NUMBER_FLOAT -> new JsonValue.Num(parser.getDoubleValue(), false);
      case VALUE_TRUE -> JsonValue.Bool.TRUE;
      case VALUE_FALSE -> JsonValue.Bool.FALSE;
      case VALUE_NULL -> JsonValue.Nil.NULL;
      default -> throw new NotJsonException("unexpected " + token);
    };
  }

  private JsonValue object() throws IOException, NotJsonException {
    if (parser.nextToken() == JsonToken.END_OBJECT) {
      return JsonValue.Obj.EMPTY;
    }
    Map<String, JsonValue> members = new LinkedHashMap<>(4);
    for (; parser.currentToken() != JsonToken.END_OBJECT; parser.nextToken()) {
      String name = parser.currentName();
      parser.nextToken();
      if (members.put(name, value()) != null) {
        throw new NotJsonException("key twice: " + name);
      }
    }
    return new JsonValue.Obj(members);
  }

  private JsonValue array() throws IOException, NotJsonException {
    int count = 0;
    boolean integers = true;
    JsonToken token = parser.nextToken();
    while (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = parser.getDoubleValue();
      integers &= token == JsonToken.VALUE_NUMBER_INT;
      token = parser.nextToken();
    }
    if (token == JsonToken.END_ARRAY) {
      return count == 0
          ? JsonValue.Arr.EMPTY
          : new JsonValue.Numbers(Arrays.copyOf(numbers, count), integers);
    }
    List<JsonValue> values = new ArrayList<>(count + 2);
    for (int i = 0; i < count; i++) {
      values.add(new JsonValue.Num(numbers[i], integers));
    }
    for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      values.add(value());
    }
    return new JsonValue.Arr(values);
  }

  private static boolean isWhiteSpace(byte character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }

  /**
   * A value and where it ends.
   *
   * @param value the value
   * @param length bytes from the start of the text to the end of the value
   */
  public record Prefix(JsonValue value, int length) {}

  /** The bytes are not JSON, or break a bound. */
  public static final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    NotJsonException(String message) {
      super(message, null, false, false);
    }
  }
}
