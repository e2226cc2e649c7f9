package dev.parallax.onnx.encoder;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedBytes;
import dev.parallax.onnx.runtime.NativeLibraries;
import java.io.IOException;
import java.util.Map;

/**
 * Cuts texts into token ids as a checked {@code tokenizer.json} says, except that truncation is the
 * manifest's and there is never padding. Any string is accepted. Safe for use by several threads.
 */
final class TextTokenizer implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;

  private TextTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Loads a tokenizer.
   *
   * @param maxLength in tokens, special ones included
   * @throws ModelRefusedException when the bytes are not a tokenizer
   */
  static TextTokenizer open(PinnedBytes json, int maxLength) {
    NativeLibraries.prepareTokenizers(ParallaxCache.locate());
    String length = Integer.toString(maxLength);
    Map<String, String> options =
        Map.of(
            "addSpecialTokens", "true",
            "truncation", "true",
            "padding", "false",
            "maxLength", length,
            "modelMaxLength", length);
    try {
      return new TextTokenizer(HuggingFaceTokenizer.newInstance(json.open(), options));
    } catch (IOException | RuntimeException e) {
      // The library has no narrower type for what its native half refuses.
      throw new ModelRefusedException(
          json.location() + " refused: not a tokenizer: " + e.getMessage(), e);
    }
  }

  /** Ids and segments of one text's tokens. */
  Encoding encode(String text) {
    return tokenizer.encode(text);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
