package dev.parallax.cli.drill;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Events of a model, for tests. */
final class Events {

  static final String MODEL = "search-embedder";
  static final String VERSION = "2.1.0";
  static final int WIDTH = 12;

  private Events() {}

  /** Events of different inputs with vectors of unit variance. */
  static List<EmbeddingEvent> of(int count) {
    Random random = new Random(4);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              float[] vector = new float[WIDTH];
              for (int j = 0; j < WIDTH; j++) {
                vector[j] = (float) random.nextGaussian();
              }
              InputKey key = new InputKey(random.nextLong(), i);
              return EmbeddingEvent.of(MODEL, VERSION, WireVector.of(vector), key);
            })
        .toList();
  }
}
