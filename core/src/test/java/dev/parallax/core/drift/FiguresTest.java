package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aNumberThatIsNotFiniteIsRefused(double value) {
    Figures.Builder builder = new Figures.Builder();

    assertThatThrownBy(() -> builder.put(Figure.CKA_LOW, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ckaLow: expected a finite number, got " + value);
    assertThatThrownBy(() -> Figures.of(Map.of(Figure.CKA, value)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatWasNotStatedIsAbsent() {
    Figures figures =
        new Figures.Builder()
            .put(Figure.CKA, 0.5)
            .put(Figure.CKA_LOW, OptionalDouble.empty())
            .put(Figure.CKA_HIGH, OptionalDouble.of(0.6))
            .build();

    assertThat(figures.get(Figure.CKA)).hasValue(0.5);
    assertThat(figures.get(Figure.CKA_LOW)).isEmpty();
    assertThat(figures.get(Figure.CKA_HIGH)).hasValue(0.6);
  }

  @Test
  void figuresArePassedInTheOrderOfTheContract() {
    Figures figures =
        Figures.of(Map.of(Figure.THRESHOLD_LOG10, 3.0, Figure.CKA, 1.0, Figure.RESIDUAL, 2.0));
    List<Figure> order = new ArrayList<>();
    figures.forEach((figure, value) -> order.add(figure));

    assertThat(order).containsExactly(Figure.CKA, Figure.RESIDUAL, Figure.THRESHOLD_LOG10);
  }

  @Test
  void whatIsAddedToABuilderLaterDoesNotChangeWhatWasBuilt() {
    Figures.Builder builder = new Figures.Builder().put(Figure.CKA, 1);
    Figures before = builder.build();
    builder.put(Figure.CKA, 2);

    assertThat(before).isEqualTo(Figures.of(Map.of(Figure.CKA, 1.0)));
    assertThat(before).isNotEqualTo(builder.build());
    assertThat(before).hasSameHashCodeAs(Figures.of(Map.of(Figure.CKA, 1.0)));
  }

  @Test
  void fieldsAreThoseOfTheContractInItsOrder() {
    assertThat(Arrays.stream(Figure.values()).map(Figure::field))
        .containsExactly(
            "cka",
            "ckaLow",
            "ckaHigh",
            "paneCka",
            "paneCkaLow",
            "paneCkaHigh",
            "residual",
            "residualStratified",
            "ckaStratified",
            "mutualKnn",
            "procrustes",
            "subspaceOverlap",
            "effectiveRank",
            "trafficMmd",
            "probeCosineMin",
            "rotation",
            "evidenceLog10",
            "thresholdLog10");
  }
}
