package dev.parallax.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.translation.PlainTranslationKernel;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.Translation;
import dev.parallax.core.translation.TranslationSums;
import dev.parallax.onnx.TestProvider;
import dev.parallax.onnx.runtime.SharedSessions;
import org.junit.jupiter.api.Test;

class OnnxTranslationKernelTest {

  @Test
  void aFitAndItsResidualsEqualThePlainKernels() {
    float[][] reference = Rows.normalised(600, 40, 1);
    float[][] live = Rows.following(reference, 24, 0.3, 2);
    Strata strata = Strata.fit(reference, 8, 3);
    Strata other = Strata.fit(reference, 3, 3);
    PlainTranslationKernel plain = new PlainTranslationKernel();
    TranslationSums plainSums = new TranslationSums(live[0], reference[0]);
    plain.addTo(plainSums, live, reference);
    Translation plainFit = plainSums.fit(1e-3);

    try (OnnxTranslationKernel kernel = OnnxTranslationKernel.open(TestProvider.settings())) {
      TranslationSums sums = new TranslationSums(live[0], reference[0]);
      kernel.addTo(sums, live, reference);
      Translation fit = sums.fit(1e-3);

      for (Strata some : new Strata[] {strata, other, strata}) {
        assertEqual(
            kernel.residuals(fit, some, live, reference),
            plain.residuals(plainFit, some, live, reference));
      }
    }
  }

  @Test
  void whenTheSecondGraphCannotBeOpenedTheFirstIsClosed() {
    int before = SharedSessions.open();

    assertThatThrownBy(
            () ->
                OnnxTranslationKernel.open(
                    () -> TranslationGraph.open(TestProvider.settings()),
                    () -> {
                      throw new IllegalStateException("no products");
                    }))
        .hasMessage("no products");

    assertThat(SharedSessions.open()).isEqualTo(before);
  }

  private static void assertEqual(StratumResiduals found, StratumResiduals plain) {
    assertThat(found.strata()).isEqualTo(plain.strata());
    for (int s = 0; s < plain.strata(); s++) {
      assertThat(found.count(s)).isEqualTo(plain.count(s));
      assertThat(found.sum(s)).isCloseTo(plain.sum(s), within(1e-5 * plain.sum(s)));
    }
  }
}
