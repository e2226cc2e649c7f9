package dev.parallax.onnx.encoder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.model.PinnedSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides the vectors of a sentence encoder.
 *
 * @param id of the model, stable over its versions
 * @param kind always {@value #KIND}
 * @param inputs names of the model's inputs, each int64 [texts, tokens]
 * @param output name of its output, float [texts, tokens, dimension]
 * @param prefix put before every text
 * @param normalise whether vectors have unit length
 * @param maxLength in tokens, special ones included; longer texts are cut
 * @param dimension of a vector
 * @param quantised whether the model's arithmetic depends on the texts that share a batch; such a
 *     model is given one text at a time
 * @param golden absent only in a manifest derived from another one
 * @param licence SPDX identifier of the weights
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EncoderManifest(
    String id,
    String version,
    String kind,
    PinnedSource model,
    PinnedSource tokenizer,
    List<String> inputs,
    String output,
    String prefix,
    Pooling pooling,
    boolean normalise,
    int maxLength,
    int dimension,
    boolean quantised,
    @Nullable GoldenVector golden,
    String licence) {

  /** The one kind of reference that is described here. */
  public static final String KIND = "encoder";

  /** First and last special token and at least one of the text. */
  private static final int MIN_LENGTH = 3;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  public EncoderManifest {
    inputs = List.copyOf(inputs);
    if (!kind.equals(KIND)) {
      throw new IllegalArgumentException("kind=" + kind + ": expected " + KIND);
    }
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._+=-]*")) {
      throw new IllegalArgumentException("id=" + id + ": expected letters, digits and ._+=-");
    }
    if (maxLength < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "maxLength=" + maxLength + ": expected " + MIN_LENGTH + " or more");
    }
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension=" + dimension + ": expected 1 or more");
    }
  }

  /**
   * Reads the JSON form; unknown and missing keys are refused.
   *
   * @param location of the manifest, for messages
   * @throws ModelRefusedException when it is not a manifest
   */
  public static EncoderManifest read(String location, byte[] json) {
    try {
      return JSON.readValue(json, EncoderManifest.class);
    } catch (UnrecognizedPropertyException e) {
      throw new ModelRefusedException(
          location + " refused: unknown key '" + e.getPropertyName() + "'", e);
    } catch (JsonProcessingException e) {
      throw new ModelRefusedException(location + " refused: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
  }

  /** The JSON form. */
  public byte[] toJson() {
    try {
      String json = JSON.writeValueAsString(this).replace(System.lineSeparator(), "\n");
      return (json + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is plain JSON", e);
    }
  }

  /**
   * SHA-256 of what decides the vectors, in lower-case hexadecimal: two manifests with the same
   * digest describe the same space.
   */
  public String digest() {
    String deciding =
        String.join(
            "\n",
            model.sha256(),
            tokenizer.sha256(),
            String.join(",", inputs),
            output,
            prefix,
            pooling.toString(),
            Boolean.toString(normalise),
            Integer.toString(maxLength),
            Integer.toString(dimension),
            Boolean.toString(quantised));
    return PinnedBytes.sha256(deciding.getBytes(StandardCharsets.UTF_8));
  }

  /** The same model pooled in another way: another space, without a golden vector. */
  public EncoderManifest withPooling(Pooling other) {
    return derived("pooling=" + other, model, prefix, other, normalise, maxLength);
  }

  /** The same model with texts cut elsewhere: another space, without a golden vector. */
  public EncoderManifest withMaxLength(int other) {
    return derived("maxLength=" + other, model, prefix, pooling, normalise, other);
  }

  /** The same model behind another prefix: another space, without a golden vector. */
  public EncoderManifest withPrefix(String other) {
    String change = "prefix=" + (other.isEmpty() ? "none" : "other");
    return derived(change, model, other, pooling, normalise, maxLength);
  }

  /** The same model with vectors of the length that they come in, without a golden vector. */
  public EncoderManifest withoutNormalising() {
    return derived("normalise=false", model, prefix, pooling, false, maxLength);
  }

  /**
   * The same settings around other weights: another space, without a golden vector.
   *
   * @param change what was done to the weights, for the id: letters, digits and {@code ._+=-}
   */
  public EncoderManifest withModel(String change, PinnedSource other) {
    return derived(change, other, prefix, pooling, normalise, maxLength);
  }

  private EncoderManifest derived(
      String change,
      PinnedSource model,
      String prefix,
      Pooling pooling,
      boolean normalise,
      int maxLength) {
    return new EncoderManifest(
        id + "+" + change,
        version,
        kind,
        model,
        tokenizer,
        inputs,
        output,
        prefix,
        pooling,
        normalise,
        maxLength,
        dimension,
        quantised,
        null,
        licence);
  }

  /** The same space with its golden vector computed anew. */
  EncoderManifest withGolden(GoldenVector golden) {
    return new EncoderManifest(
        id, version, kind, model, tokenizer, inputs, output, prefix, pooling, normalise, maxLength,
        dimension, quantised, golden, licence);
  }
}
