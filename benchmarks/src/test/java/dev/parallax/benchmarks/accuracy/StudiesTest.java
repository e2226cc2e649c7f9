package dev.parallax.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.matrix.RowMatrix;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The other studies in small: their claims hold on stand-ins for encoders too. */
class StudiesTest {

  private final Output output = new Output();
  private final StudyReport report = output.report();

  @Test
  void biasFollowsItsLawAndDebiasedFiguresHaveNone() {
    new BiasStudy(48, 512, 4096).unrelated(1, report);
    assertAllHold(4 * 3);
  }

  @Test
  void debiasedFiguresOfASubsetAgreeWithThoseOfAll() {
    Map<String, RowMatrix> spaces = Spaces.of(1024, 2);
    new BiasStudy(48, 1024, 4096).real("a / b", spaces.get("a"), spaces.get("b"), 3, report);
    assertAllHold(5 * 2);
  }

  @Test
  void trapsAreAsDeepAsTheDocumentationSays() {
    Map<String, RowMatrix> spaces = Spaces.of(2048, 4);
    TrapStudy study = new TrapStudy(spaces.get("a"), spaces.get("b"), 5, report);
    study.rotation();
    study.wrongPairs(5);
    study.repeats(512, 96, 4);
    study.outlier(512, 8);
    assertAllHold(2 + 6 + 5 + 10);
  }

  @Test
  void partsOfTheTrafficThatReadTheSameBreakTheClaim() {
    Map<String, RowMatrix> spaces = Spaces.of(1024, 6);
    int[] half = IntStream.range(0, 512).toArray();
    new TrapStudy(spaces.get("a"), spaces.get("b"), 7, report).trafficMix(Map.of("half", half));
    assertThat(report.broken()).hasSize(1);
  }

  @Test
  void overlappingWindowsBreakThePromiseThatPanesKeep() {
    new OverlapStudy(40_000).run(8, report);
    assertAllHold(2 * 4);
  }

  @Test
  void theGraphEqualsTheDefinitionAtEveryOffsetAndScale() {
    new PrecisionStudy(Spaces.of(512, 9), 512).run(report);
    assertAllHold(10);
  }

  private void assertAllHold(int claims) {
    assertThat(report.broken()).isEmpty();
    assertThat(report.claims()).isEqualTo(claims);
  }
}
