package dev.parallax.core.oracle;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every figure that the published values state, unit by unit. */
class OracleTest {

  private static final List<OracleFigure> FIGURES =
      Stream.of(
              CkaFigures.all(),
              GraphFigures.all(),
              KernelFigures.all(),
              KnnFigures.all(),
              PlatonicFigures.all(),
              SpectralFigures.all(),
              TwoSampleFigures.all())
          .flatMap(List::stream)
          .toList();

  static List<OracleCase> units() {
    return Oracle.cases();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("units")
  void everyFigureIsThePublishedOne(OracleCase unit) {
    SoftAssertions all = new SoftAssertions();
    for (OracleCase.Leaf leaf : unit.leaves()) {
      for (OracleFigure figure : FIGURES) {
        if (figure.covers(unit, leaf)) {
          all.assertThatCode(() -> figure.check().accept(unit, leaf))
              .as(unit.id() + " " + leaf.path())
              .doesNotThrowAnyException();
        }
      }
    }
    all.assertAll();
  }
}
