package dev.parallax.core.embedding;

import dev.parallax.core.embedding.EmbeddingEvent.AttachedReference;
import dev.parallax.core.embedding.EmbeddingEvent.InputTensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Events for tests. */
final class Events {

  private Events() {}

  /** An event that uses every field of the message. */
  static EmbeddingEvent full() {
    return new EmbeddingEvent(
        "search/embedder",
        "2026-11",
        WireVector.of(new float[] {0.25f, -1.5f, Float.MIN_VALUE, 3.4e38f}),
        Optional.of(new InputKey(0x0123456789abcdefL, 0xfedcba9876543210L)),
        Optional.of("Grüße aus 東京 🚄"),
        Optional.of(
            new InputTensor(
                new WireVector(new byte[] {1, -1, 127, -128, 0, 5}, Dtype.I8, 6, 0.5f, -3),
                List.of(2, 3))),
        Optional.of(
            new AttachedReference(
                "minilm-v1",
                new WireVector(new byte[] {0, 0x3c, 0, (byte) 0xc0}, Dtype.F16, 2, 0, 0))),
        Map.of("region", "eu-west", "tenant", "größe", "empty", ""),
        true);
  }

  /** The least that an event can be. */
  static EmbeddingEvent small() {
    return EmbeddingEvent.of("m", "1", WireVector.of(new float[] {1, 2, 3}), new InputKey(1, 2));
  }

  /** Any event that the codec can carry. */
  static EmbeddingEvent random(Random random) {
    return new EmbeddingEvent(
        "model-" + random.nextInt(100),
        "v" + random.nextInt(10),
        vector(random, 1 + random.nextInt(40)),
        random.nextBoolean()
            ? Optional.of(new InputKey(random.nextLong(), random.nextLong()))
            : Optional.empty(),
        random.nextBoolean() ? Optional.of(text(random)) : Optional.empty(),
        random.nextInt(3) == 0
            ? Optional.of(new InputTensor(vector(random, 12), List.of(2, 3, 2)))
            : Optional.empty(),
        random.nextInt(3) == 0
            ? Optional.of(new AttachedReference("ref", vector(random, 7)))
            : Optional.empty(),
        random.nextBoolean()
            ? Map.of("a" + random.nextInt(9), text(random), "b", text(random))
            : Map.of(),
        random.nextBoolean());
  }

  private static WireVector vector(Random random, int dimension) {
    Dtype dtype = Dtype.values()[random.nextInt(4)];
    byte[] data = new byte[dimension * dtype.bytes()];
    random.nextBytes(data);
    return dtype == Dtype.I8
        ? new WireVector(data, dtype, dimension, random.nextFloat(), random.nextInt(512) - 256)
        : new WireVector(data, dtype, dimension, 0, 0);
  }

  private static String text(Random random) {
    int[] codePoints =
        random
            .ints(random.nextInt(20), 1, 0x10ffff)
            .filter(c -> c < 0xd800 || c > 0xdfff)
            .toArray();
    return new String(codePoints, 0, codePoints.length);
  }
}
