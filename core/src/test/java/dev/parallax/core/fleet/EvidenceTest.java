package dev.parallax.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTest {

  @Test
  void theMeanIsThatOfTheEvidencesAndNotOfTheirLogarithms() {
    assertThat(Evidence.meanLog10(List.of(2.0, 1.0, 0.0))).isCloseTo(Math.log10(37), within(1e-14));
  }

  @Test
  void theMeanOfOneIsItself() {
    assertThat(Evidence.meanLog10(List.of(3.141592653589793))).isEqualTo(3.141592653589793);
  }

  @Test
  void hugeEvidenceDoesNotOverflow() {
    assertThat(Evidence.meanLog10(List.of(400.0, 400.0, 0.0)))
        .isCloseTo(400 + Math.log10(2.0 / 3), within(1e-12));
  }
}
