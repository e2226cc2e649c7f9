package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CusumTest {

  private static final double SD = 0.02;

  private static Cusum after(Cusum before, int panes, double excess) {
    Cusum cusum = before;
    for (int i = 0; i < panes; i++) {
      cusum = cusum.next(excess, SD);
    }
    return cusum;
  }

  @Test
  void itWarnsOnceTheExcessesAddUpToMoreThanFiveStandardDeviations() {
    assertThat(after(Cusum.START, 4, 1.2 * SD).warns()).isFalse();
    assertThat(after(Cusum.START, 5, 1.2 * SD).warns()).isTrue();
  }

  @Test
  void onePaneFarAboveWarnsAtOnce() {
    assertThat(after(Cusum.START, 1, 6 * SD).warns()).isTrue();
  }

  @Test
  void aTimeBelowTheTestedMeanIsNotSavedUp() {
    assertThat(after(after(Cusum.START, 500, -3 * SD), 1, 6 * SD).warns()).isTrue();
    assertThat(after(Cusum.START, 500, -3 * SD)).isEqualTo(Cusum.START);
  }

  @Test
  void itRecoversFromAVeryLargeExcessWithinSoManyPanes() {
    Cusum high = after(Cusum.START, 3, 1_000 * SD);

    assertThat(after(high, 4, -SD).warns()).isTrue();
    assertThat(after(high, 6, -SD).warns()).isFalse();
  }

  @Test
  void excessesOfAPaneThatVariesMoreWeighLess() {
    assertThat(Cusum.START.next(6 * SD, SD).warns()).isTrue();
    assertThat(Cusum.START.next(6 * SD, 2 * SD).warns()).isFalse();
  }
}
