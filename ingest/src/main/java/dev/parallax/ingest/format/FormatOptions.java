package dev.parallax.ingest.format;

import java.util.Map;
import java.util.Optional;

/**
 * What a format must be told about one source.
 *
 * @param outputTensor name of the tensor that holds the embeddings; empty for the only one of
 *     floats
 * @param inputTensor name of the tensor that holds the inputs; empty for the only one
 * @param fields where the parts of a body are, by part: JSON pointers ({@code /a/b}) for {@code
 *     json-pointer}, names of columns for {@code bentoml}
 */
public record FormatOptions(
    Optional<String> outputTensor, Optional<String> inputTensor, Map<Field, String> fields) {

  /** Nothing told. */
  public static final FormatOptions NONE =
      new FormatOptions(Optional.empty(), Optional.empty(), Map.of());

  /** Copies the map. */
  public FormatOptions {
    fields = Map.copyOf(fields);
  }

  /** A part of a body that can be pointed at. */
  public enum Field {
    /** Id of the call. */
    ID,
    /** The model's name. */
    MODEL,
    /** The model's version. */
    VERSION,
    /** When, as RFC 3339 or as a number of seconds or milliseconds since 1970. */
    TIME,
    /** The input, a text. */
    INPUT,
    /** The embedding: numbers, or base64 of little-endian F32. */
    VECTOR
  }
}
