package dev.parallax.core.drill;

/**
 * What a text is to an uncased tokenizer that has lost its lower-casing: the first word, which is
 * capitalised, is unknown to the vocabulary and becomes {@value #UNKNOWN}.
 *
 * <p>Done on the text, so that it needs no tokenizer: the vocabularies of the BERT family read
 * {@value #UNKNOWN} in a text as that one token. What the encoder is given is exactly what it would
 * be given by such a tokenizer for the same text with a capital first letter.
 */
public final class BrokenTokenizer {

  private static final String UNKNOWN = "[UNK]";

  private BrokenTokenizer() {}

  /** {@code text} as such a tokenizer reads it. */
  public static String seen(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? UNKNOWN : UNKNOWN + text.substring(space);
  }
}
