package dev.parallax.onnx.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolingTest {

  private static final float[] TOKENS = {9, 9, 3, 0, 3, 8};

  @Test
  void theMeanIsOverTheTextsOwnTokens() {
    assertThat(Pooling.MEAN.pool(TOKENS, 2, 2, 2, false)).containsExactly(3, 4);
    assertThat(Pooling.MEAN.pool(TOKENS, 2, 2, 2, true)).containsExactly(0.6f, 0.8f);
  }

  @Test
  void clsIsTheFirstToken() {
    assertThat(Pooling.CLS.pool(TOKENS, 2, 2, 2, false)).containsExactly(3, 0);
    assertThat(Pooling.CLS.pool(TOKENS, 2, 2, 2, true)).containsExactly(1, 0);
  }

  @Test
  void aZeroVectorStaysZero() {
    assertThat(Pooling.MEAN.pool(new float[2], 0, 1, 2, true)).containsExactly(0, 0);
  }
}
