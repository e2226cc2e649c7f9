package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {

  @Test
  void labelsAreThoseOfTheContract() {
    assertThat(Arrays.stream(Verdict.values()).map(Verdict::label))
        .containsExactly(
            "warming",
            "insufficient",
            "healthy",
            "warning",
            "diverged",
            "rotated",
            "collapsed",
            "traffic-shift",
            "pairing-fault",
            "reference-fault",
            "degenerate",
            "silent");
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void aLabelIsReadBackInAnyLocale(Verdict verdict) {
    Locale before = Locale.getDefault();
    try {
      // Turkish lower-cases I to a dotless i.
      Locale.setDefault(new Locale("tr"));
      assertThat(verdict.label()).matches("[a-z-]+");
      assertThat(Verdict.ofLabel(verdict.label())).isEqualTo(verdict);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anUnknownLabelIsRefused() {
    assertThatThrownBy(() -> Verdict.ofLabel("fine"))
        .hasMessage("verdict: expected a known one, got fine");
  }
}
