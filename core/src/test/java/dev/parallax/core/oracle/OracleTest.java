package dev.parallax.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
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

  /** Text that explains, the spread of the sources, and where in the stream a unit lies. */
  private static final Pattern NOT_A_FIGURE =
      Pattern.compile(
          "(.*\\.)?(note|mmd_note|note_ties|source|singular_gap_note|max_abs_spread|window|pane|first_row|row_count)");

  @ParameterizedTest(name = "{0}")
  @MethodSource("units")
  void noPublishedFigureIsSkipped(OracleCase unit) {
    assertThat(unit.leaves())
        .filteredOn(leaf -> !NOT_A_FIGURE.matcher(leaf.path()).matches())
        .filteredOn(leaf -> FIGURES.stream().noneMatch(figure -> figure.covers(unit, leaf)))
        .extracting(OracleCase.Leaf::path)
        .isEmpty();
  }
}
