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
 * manifest's and there is never padding. A text that is too long loses tokens at its end, not the
 * special token that closes it. Any string is accepted; the name of a special token in a text, such
 * as {@code [SEP]}, is that token, as in the published tokenizers. Safe for use by several threads.
 */
final class TextTokenizer implements AutoCloseable {

  private static final int REPLACEMENT_CHARACTER = 0xfffd;

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
    return tokenizer.encode(wellFormed(text));
  }

  /**
   * The text with each unpaired surrogate made U+FFFD: it is no character, and what becomes of it
   * on the way to native code is nobody's promise.
   */
  static String wellFormed(String text) {
    if (text.codePoints().noneMatch(TextTokenizer::isSurrogate)) {
      return text;
    }
    StringBuilder formed = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> isSurrogate(point) ? REPLACEMENT_CHARACTER : point)
        .forEach(formed::appendCodePoint);
    return formed.toString();
  }

  /** Pairs are already one code point here, so what is left is unpaired. */
  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
