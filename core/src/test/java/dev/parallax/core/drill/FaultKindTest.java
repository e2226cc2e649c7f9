package dev.parallax.core.drill;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.drift.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultKindTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByItsLabel(FaultKind kind) {
    assertThat(kind.label()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(FaultKind.ofLabel(kind.label())).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource
  void isDescribedAsTheEndOfASentence(FaultKind kind) {
    assertThat(kind.description()).matches("[a-z0-9].*[^.]");
    assertThat(kind.strength()).isNotBlank().doesNotEndWith(".");
  }

  @Test
  void anUnknownLabelIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> FaultKind.ofLabel("fire"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("fault=fire: expected one of wrong-pooling, missing-prefix, ")
        .hasMessageEndingWith(", new-language");
  }

  /** What people are not paged for is a closed list: whoever adds to it has to say so here. */
  @Test
  void onlyTrafficAndHarmlessNumbersAreBenign() {
    assertThat(Arrays.stream(FaultKind.values()).filter(FaultKind::benign))
        .containsExactly(
            FaultKind.INT8,
            FaultKind.REPEATED_TRAFFIC,
            FaultKind.TRAFFIC_TOPICS,
            FaultKind.TRAFFIC_X10,
            FaultKind.TRAFFIC_DIV10,
            FaultKind.NEW_LANGUAGE);
  }

  @Test
  void trafficIsNeverAFaultOfTheModel() {
    assertThat(
            Arrays.stream(FaultKind.values())
                .filter(kind -> kind.layer() == FaultLayer.TRAFFIC)
                .map(FaultKind::verdict))
        .containsOnly(Verdict.TRAFFIC_SHIFT, Verdict.HEALTHY);
  }

  /** A verdict that no fault leads to would be one that nobody has seen given rightly. */
  @Test
  void everyVerdictAboutOneModelHasAFault() {
    assertThat(Arrays.stream(FaultKind.values()).map(FaultKind::verdict).collect(toSet()))
        .containsExactlyInAnyOrder(
            Verdict.HEALTHY,
            Verdict.DIVERGED,
            Verdict.ROTATED,
            Verdict.COLLAPSED,
            Verdict.TRAFFIC_SHIFT,
            Verdict.PAIRING_FAULT,
            Verdict.DEGENERATE,
            Verdict.SILENT);
  }

  @Test
  void everyFaultOfTheStreamIsOneOfAPane() {
    assertThat(PaneFault.KINDS)
        .containsAll(
            Arrays.stream(FaultKind.values())
                .filter(kind -> kind.layer() == FaultLayer.STREAM)
                .toList());
  }
}
