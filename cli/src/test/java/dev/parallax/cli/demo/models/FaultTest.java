package dev.parallax.cli.demo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.embedding.InputKey;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {

  private static final InputKey KEY = new InputKey(0x1234, 0x5678);

  private final float[] vector = gaussian(1);
  private final float[] previous = gaussian(2);

  private static float[] gaussian(long seed) {
    Random random = new Random(seed);
    float[] values = new float[384];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void isPureAndLeavesItsArgumentsAlone(Fault fault) {
    float[] answer = fault.answer(vector, previous, KEY);
    answer[0] = 42;

    assertThat(fault.answer(vector, previous, KEY)).isEqualTo(fault.answer(vector, previous, KEY));
    assertThat(vector).isEqualTo(gaussian(1));
    assertThat(previous).isEqualTo(gaussian(2));
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsLabel(Fault fault) {
    assertThat(Fault.ofLabel(fault.label())).isEqualTo(fault);
  }

  @Test
  void anUnknownLabelIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Fault.ofLabel("fire"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "fault=fire: expected truncation, stale-answers, noise, zeroed-dimensions, model-swap,"
                + " none");
  }

  @Test
  void threeTenthsOfTheAnswersAreThoseOfThePreviousRequest() {
    long stale =
        IntStream.range(0, 2000)
            .filter(
                i ->
                    Fault.STALE_ANSWERS
                            .answer(vector, previous, new InputKey(i * 0x9e3779b97f4a7c15L, i))[0]
                        == previous[0])
            .count();

    // Five standard deviations of a binomial with p = 0.3.
    assertThat(stale).isBetween(500L, 700L);
  }

  @Test
  void noiseIsAFifthOfTheLength() {
    float[] noisy = Fault.NOISE.answer(vector, previous, KEY);

    double squaredNoise = 0;
    double squared = 0;
    for (int i = 0; i < vector.length; i++) {
      squaredNoise += Math.pow(noisy[i] - vector[i], 2);
      squared += Math.pow(vector[i], 2);
    }
    assertThat(Math.sqrt(squaredNoise / squared)).isCloseTo(0.2, within(1e-6));
  }

  @Test
  void theSecondHalfIsZeroed() {
    float[] half = Fault.ZEROED_DIMENSIONS.answer(vector, previous, KEY);

    assertThat(half).hasSize(384).startsWith(vector[0], vector[1]);
    assertThat(half[191]).isEqualTo(vector[191]);
    assertThat(IntStream.range(192, 384).allMatch(i -> half[i] == 0)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aSwappedModelRunsAnotherEncoder(DemoEncoder encoder) {
    assertThat(Fault.MODEL_SWAP.encoding(encoder).encoder()).isNotEqualTo(encoder);
  }

  @Test
  void truncationCutsTheTextsOfTheSameEncoder() {
    assertThat(Fault.TRUNCATION.encoding(DemoEncoder.BGE_SMALL_INT8))
        .isEqualTo(Encoding.truncated(DemoEncoder.BGE_SMALL_INT8, 5));
  }

  @ParameterizedTest
  @EnumSource
  void onlyFaultsOfEncodingChangeTheEncoding(Fault fault) {
    Encoding healthy = Encoding.of(DemoEncoder.BGE_SMALL_INT8);

    assertThat(!fault.encoding(DemoEncoder.BGE_SMALL_INT8).equals(healthy))
        .isEqualTo(fault.changesEncoding());
  }
}
