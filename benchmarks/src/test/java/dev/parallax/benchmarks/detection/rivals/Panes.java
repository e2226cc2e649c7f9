package dev.parallax.benchmarks.detection.rivals;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** Panes of random vectors. */
final class Panes {

  private Panes() {}

  /** Rows of standard normal entries, all moved by {@code shift}. */
  static float[][] gaussian(int rows, int width, double shift, Random random) {
    float[][] vectors = new float[rows][width];
    for (float[] vector : vectors) {
      for (int j = 0; j < width; j++) {
        vector[j] = (float) (random.nextGaussian() + shift);
      }
    }
    return vectors;
  }

  static RivalPane of(float[][] vectors) {
    return new RivalPane(vectors, OptionalDouble.empty(), OptionalDouble.empty());
  }

  static RivalPane gaussianPane(int rows, int width, double shift, Random random) {
    return of(gaussian(rows, width, shift, random));
  }

  static List<RivalPane> gaussianPanes(int panes, int rows, int width, Random random) {
    return IntStream.range(0, panes).mapToObj(i -> gaussianPane(rows, width, 0, random)).toList();
  }

  /** A pane of which only the CKA is known. */
  static RivalPane scored(double cka) {
    return new RivalPane(new float[0][], OptionalDouble.of(cka), OptionalDouble.empty());
  }
}
