package dev.parallax.onnx.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.onnx.drill.WeightEdit.Grid;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightEditTest {

  private static final Grid FLOATS = new Grid(2, List.of(0.0), 0);

  private static double[] gaussian(int count, double mean, double sigma) {
    Random random = new Random(11);
    double[] values = new double[count];
    Arrays.setAll(values, i -> mean + sigma * random.nextGaussian());
    return values;
  }

  @Test
  void noiseIsRelativeToTheSpreadOfTheMatrix() {
    double[] healthy = gaussian(40_000, 100, 5);
    double[] noisy = healthy.clone();
    WeightEdit.noise(0.1).edit(noisy, FLOATS, new Random(1));

    double squared = 0;
    for (int i = 0; i < noisy.length; i++) {
      squared += Math.pow(noisy[i] - healthy[i], 2);
    }
    // Standard errors: 0.35% from the noise and as much from the matrix.
    assertThat(Math.sqrt(squared / noisy.length)).isCloseTo(0.5, within(0.01));
  }

  @Test
  void floatsAreRoundedToTheStepsOfTheirColumn() {
    double[] values = {7, 70, 3.4, -34, -0.6, 6};
    WeightEdit.rounding(4).edit(values, FLOATS, new Random(1));

    assertThat(values).containsExactly(7, 70, 3, -30, -1, 10);
  }

  @Test
  void bytesLoseTheirLowerBitsAroundTheirZero() {
    double[] values = {128, 137, 119, 255};
    WeightEdit.rounding(4).edit(values, new Grid(2, List.of(128.0), 8), new Random(1));

    assertThat(values).containsExactly(128, 144, 112, 256);
  }

  @Test
  void everyColumnMayHaveAZeroOfItsOwn() {
    double[] values = {10, 20, 17, 30};
    WeightEdit.rounding(4).edit(values, new Grid(2, List.of(10.0, 20.0), 8), new Random(1));

    assertThat(values).containsExactly(10, 20, 10, 36);
  }

  @Test
  void aColumnOfZerosStaysOne() {
    double[] values = {0, 1, 0, 2};
    WeightEdit.rounding(2).edit(values, FLOATS, new Random(1));

    assertThat(values).containsExactly(0, 0, 0, 2);
  }
}
