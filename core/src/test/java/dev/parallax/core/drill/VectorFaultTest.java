package dev.parallax.core.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.spectrum.PrincipalComponents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorFaultTest {

  private static final int WIDTH = 48;

  private final List<float[]> healthy = vectors(200, 1);

  private static List<float[]> vectors(int count, long seed) {
    Random random = new Random(seed);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] vector = new float[WIDTH];
      for (int j = 0; j < WIDTH; j++) {
        vector[j] = (float) (random.nextGaussian() / (1 + j));
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private float[] answer(FaultKind kind, float[] vector) {
    return VectorFault.of(kind, healthy).answer(vector).toFloats();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "INT8",
        "COARSE_QUANTISATION",
        "HALF_ZEROED",
        "RANK_COLLAPSE",
        "ROTATED_BASIS",
        "PERMUTED_DIMENSIONS",
        "DEAD_MODEL"
      })
  void isPureChangesTheVectorAndLeavesItsArgumentAlone(FaultKind kind) {
    float[] vector = vectors(1, 5).get(0);

    assertThat(answer(kind, vector)).isEqualTo(answer(kind, vector)).isNotEqualTo(vector);
    assertThat(answer(kind, vector)).hasSize(WIDTH);
    assertThat(vector).isEqualTo(vectors(1, 5).get(0));
  }

  @ParameterizedTest
  @EnumSource(names = {"ROTATED_BASIS", "PERMUTED_DIMENSIONS"})
  void aTurnedSpaceKeepsEveryInnerProduct(FaultKind kind) {
    float[] one = healthy.get(0);
    float[] other = healthy.get(1);

    // Elements are rounded to single precision, 2^-24 of themselves.
    assertThat(dot(answer(kind, one), answer(kind, other)))
        .isCloseTo(dot(one, other), within(1e-6));
    assertThat(dot(answer(kind, one), one) / dot(one, one)).isLessThan(0.9);
  }

  @Test
  void aPermutationMovesElementsAndChangesNone() {
    float[] permuted = answer(FaultKind.PERMUTED_DIMENSIONS, healthy.get(3));
    float[] sorted = healthy.get(3).clone();
    Arrays.sort(permuted);
    Arrays.sort(sorted);

    assertThat(permuted).isEqualTo(sorted);
  }

  @Test
  void aCollapsedSpaceHasTwoDimensions() {
    float[][] flat =
        vectors(100, 9).stream()
            .map(vector -> answer(FaultKind.RANK_COLLAPSE, vector))
            .toArray(float[][]::new);

    assertThat(PrincipalComponents.of(RowMatrix.of(flat)).rank()).isEqualTo(2);
  }

  @Test
  void bytesHaveTheirOwnScaleAndAreRightToHalfAStep() {
    float[] vector = healthy.get(2);
    WireVector sent = VectorFault.of(FaultKind.INT8, healthy).answer(vector);

    assertThat(sent.dtype()).isEqualTo(Dtype.I8);
    for (int i = 0; i < WIDTH; i++) {
      assertThat(sent.toFloats()[i]).isCloseTo(vector[i], within(0.501f * sent.scale()));
    }
  }

  @Test
  void twoBitsLeaveFourValues() {
    float[] ramp = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      ramp[i] = -1 + 2f * i / (WIDTH - 1);
    }

    assertThat(answer(FaultKind.COARSE_QUANTISATION, ramp))
        .containsOnly(-0.75f, -0.25f, 0.25f, 0.75f)
        .startsWith(-0.75f)
        .endsWith(0.75f);
  }

  @Test
  void theSecondHalfIsZeroed() {
    float[] half = answer(FaultKind.HALF_ZEROED, healthy.get(0));

    assertThat(Arrays.copyOf(half, WIDTH / 2)).isEqualTo(Arrays.copyOf(healthy.get(0), WIDTH / 2));
    assertThat(Arrays.copyOfRange(half, WIDTH / 2, WIDTH)).containsOnly(0);
  }

  @Test
  void aDeadModelAnswersEverythingAlike() {
    assertThat(answer(FaultKind.DEAD_MODEL, healthy.get(0)))
        .isEqualTo(answer(FaultKind.DEAD_MODEL, healthy.get(1)));
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    assertThatThrownBy(() -> VectorFault.of(FaultKind.TRUNCATION, healthy))
        .hasMessage("fault=truncation: expected one of vectors");
    assertThatThrownBy(() -> VectorFault.of(FaultKind.INT8, List.of()))
        .hasMessage("expected at least one healthy vector, got none");
    assertThatThrownBy(() -> VectorFault.of(FaultKind.RANK_COLLAPSE, healthy.subList(0, 2)))
        .hasMessageContaining("got rank 1 of 2");
    assertThatThrownBy(() -> VectorFault.of(FaultKind.INT8, healthy).answer(new float[3]))
        .hasMessage("expected a vector of width 48, got 3");
  }
}
