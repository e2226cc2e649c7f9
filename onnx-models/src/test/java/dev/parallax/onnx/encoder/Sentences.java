package dev.parallax.onnx.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up sentences of many lengths, the same for the same seed. */
final class Sentences {

  private static final String[] WORDS = {
    "the", "river", "model", "answers", "quickly", "under", "a", "quantised", "bridge", "of",
    "glass", "and", "seven", "tired", "engineers", "watch", "their", "embedding", "drift", "42"
  };

  private Sentences() {}

  static List<String> some(int count, int maxWords, long seed) {
    Random random = new Random(seed);
    List<String> sentences = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StringBuilder sentence = new StringBuilder();
      for (int words = 1 + random.nextInt(maxWords); words > 0; words--) {
        sentence.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      sentences.add(sentence.toString().strip());
    }
    return sentences;
  }
}
