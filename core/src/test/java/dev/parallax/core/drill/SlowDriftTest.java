package dev.parallax.core.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SlowDriftTest {

  private static final float[] OWN = {2, 0};
  private static final float[] OTHER = {0, 2};

  @Test
  void goesFromNothingToAllInItsTime() {
    assertThat(SlowDrift.share(-1)).isZero();
    assertThat(SlowDrift.share(10)).isEqualTo(0.25);
    assertThat(SlowDrift.share(41)).isEqualTo(1);
  }

  @Test
  void keepsTheLengthOnTheWay() {
    assertThat(SlowDrift.mix(OWN, OTHER, 0)).isEqualTo(OWN);
    assertThat(SlowDrift.mix(OWN, OTHER, 1)).isEqualTo(OTHER);
    float half = (float) Math.sqrt(2);
    assertThat(SlowDrift.mix(OWN, OTHER, 0.5))
        .containsExactly(new float[] {half, half}, within(1e-6f));
  }

  @Test
  void vectorsOfTwoWidthsAreRefused() {
    assertThatThrownBy(() -> SlowDrift.mix(OWN, new float[3], 0.5))
        .hasMessage("expected two vectors of one width, got 2 and 3");
  }
}
