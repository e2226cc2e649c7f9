package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.spectrum.PrincipalComponents;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpectralBasisTest {

  private static final int WIDTH = 40;

  /** Rows that vary in {@code directions} columns from {@code first} on and hardly elsewhere. */
  private static PrincipalComponents space(int first, int directions, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[200][WIDTH];
    for (float[] row : rows) {
      for (int j = 0; j < WIDTH; j++) {
        boolean wide = j >= first && j < first + directions;
        row[j] = (float) ((wide ? 1 : 0.001) * random.nextGaussian());
      }
    }
    return PrincipalComponents.of(RowMatrix.of(rows));
  }

  @Test
  void aSpaceOverlapsWhollyWithItself() {
    PrincipalComponents space = space(3, 8, 1);

    assertThat(SpectralBasis.of(space).overlap(space)).isCloseTo(1, within(1e-9));
  }

  @Test
  void theSameDirectionsSeenInOtherRowsOverlapWholly() {
    assertThat(SpectralBasis.of(space(3, 8, 1)).overlap(space(3, 8, 2))).isCloseTo(1, within(1e-4));
  }

  @Test
  void otherDirectionsDoNotOverlap() {
    assertThat(SpectralBasis.of(space(3, 8, 1)).overlap(space(20, 8, 2)))
        .isCloseTo(0, within(1e-4));
  }

  @Test
  void theOverlapIsTheShareOfTheDirectionsThatAreStillThere() {
    assertThat(SpectralBasis.of(space(3, 8, 1)).overlap(space(9, 8, 2)))
        .isCloseTo(2.0 / 8, within(1e-3));
  }

  @Test
  void unrelatedDirectionsOverlapByChanceAsTheDimensionsAllow() {
    double sum = 0;
    for (int i = 0; i < 50; i++) {
      sum += SpectralBasis.of(space(0, WIDTH, 2 * i)).overlap(space(0, WIDTH, 2 * i + 1)) / 50;
    }

    // 8 of 40 dimensions; the standard error over 50 draws is below 0.01.
    assertThat(sum).isCloseTo(8.0 / WIDTH, within(0.03));
  }

  @Test
  void itHoldsTheEightLeadingDirectionsAtMost() {
    assertThat(SpectralBasis.of(space(0, WIDTH, 5)).axes()).hasNumberOfRows(8);
  }

  @Test
  void aPointHasNoDirections() {
    PrincipalComponents point = PrincipalComponents.of(RowMatrix.of(new float[20][WIDTH]));

    assertThat(SpectralBasis.of(point).axes()).isEmpty();
    assertThat(SpectralBasis.of(point).overlap(space(0, 8, 1))).isNaN();
    assertThat(SpectralBasis.of(space(0, 8, 1)).overlap(point)).isNaN();
  }
}
