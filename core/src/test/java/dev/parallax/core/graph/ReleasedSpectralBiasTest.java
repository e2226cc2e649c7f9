package dev.parallax.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import org.junit.jupiter.api.Test;

class ReleasedSpectralBiasTest {

  @Test
  void aRingHasTheCosinesOfItsWalkWithoutTheFirst() {
    double[] ours = ReleasedSpectralBias.of(Graphs.ring(6), Graphs.gaussian(6, 3, 1)).eigenvalues();
    // cos(2πi/6) over the largest but one, ½.
    double[] expected = {1, 1, -1, -1, -2};
    for (int i = 0; i < 5; i++) {
      assertThat(ours[i]).isCloseTo(expected[i], within(1e-12));
    }
  }

  @Test
  void ofTiedEigenvaluesTheLongerProjectionIsFirstAndTheShorterOneBelowZero() {
    double[] ours = ReleasedSpectralBias.of(Graphs.ring(6), Graphs.gaussian(6, 3, 2)).projections();
    assertThat(ours[0]).isGreaterThanOrEqualTo(ours[1]);
    assertThat(ours[2]).isLessThanOrEqualTo(ours[3]);
    assertThat(ours).contains(1.0);
  }

  @Test
  void refusesWhatHasNoSpectrum() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ReleasedSpectralBias.of(
                    UndirectedGraph.of(1, new int[0][]), Graphs.gaussian(1, 2, 3)))
        .withMessage("expected 2 or more nodes, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ReleasedSpectralBias.of(
                    Graphs.path(2), RowMatrix.of(new double[][] {{1}, {Double.NaN}})))
        .withMessage("expected finite entries, got NaN or infinity");
  }
}
