package dev.parallax.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.Fleet.Outcome;
import dev.parallax.core.window.PaneLength;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageBudgetTest {

  private static final PaneLength MINUTE = new PaneLength(Duration.ofMinutes(1));

  @Test
  void aBudgetIsANumberOfPanes() {
    assertThat(PageBudget.DEFAULT.panesBetweenFalsePages(MINUTE)).isEqualTo(43_200);
    assertThat(
            new PageBudget(2, Duration.ofDays(7))
                .panesBetweenFalsePages(new PaneLength(Duration.ofMinutes(5))))
        .isEqualTo(1_008);
  }

  @Test
  void aBudgetThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new PageBudget(0, Duration.ofDays(1)))
        .hasMessage(
            "monitor.fleet.page-budget=0 per PT24H: expected 1 page or more in a time above 0");
    assertThatThrownBy(() -> new PageBudget(1, Duration.ZERO))
        .hasMessage(
            "monitor.fleet.page-budget=1 per PT0S: expected 1 page or more in a time above 0");
    assertThatThrownBy(
            () -> new PageBudget(1, Duration.ofMinutes(1)).panesBetweenFalsePages(MINUTE))
        .hasMessage(
            "monitor.fleet.page-budget=1 per PT1M: expected fewer than one page a pane of PT1M");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.5 | 3 | 3 | monitor.fleet.common-cause-share=1.5: expected a number from 0 to 1
          NaN | 3 | 3 | monitor.fleet.common-cause-share=NaN: expected a number from 0 to 1
          0.1 | 1 | 3 | monitor.fleet.common-cause-least=1: expected 2 or more
          0.1 | 3 | 0 | monitor.fleet.common-cause-ticks=0: expected 1 or more
          """)
  void settingsOutOfRangeAreRefused(double share, int least, int ticks, String message) {
    assertThatThrownBy(() -> new FleetSettings(PageBudget.DEFAULT, share, least, ticks))
        .hasMessage(message);
  }

  /**
   * Likelihood ratios of a shift that never comes, summed as Shiryaev and Roberts do: e-detectors
   * at the very edge of their promise. Whenever the fleet pages, all of them start again.
   *
   * @param series of each of the 20 units
   * @param shared how much of every figure all series have in common, 0 to 1
   */
  @Test
  void aBudgetIsToldForAnyTime() {
    PageBudget budget = new PageBudget(2, Duration.ofDays(7));

    assertThat(budget.pagesIn(Duration.ofDays(7))).isEqualTo(2);
    assertThat(budget.pagesIn(Duration.ofDays(30))).isEqualTo(60 / 7.0);
  }

  @ParameterizedTest(name = "{0} series a unit, {1} of them shared")
  @CsvSource({"1, 0", "1, 1", "1, 0.7", "3, 0", "3, 1"})
  void aFleetOfHealthyModelsStaysWithinItsBudgetWhateverTheyShare(int series, double shared) {
    int units = 20;
    int ticks = 20_000 / series;
    FleetScenario fleet = new FleetScenario();
    Random random = new Random(7);
    double[] evidence = new double[units * series];
    int pages = 0;
    for (int tick = 0; tick < ticks; tick++) {
      double common = random.nextGaussian();
      for (int i = 0; i < evidence.length; i++) {
        double z = Math.sqrt(shared) * common + Math.sqrt(1 - shared) * random.nextGaussian();
        evidence[i] = (evidence[i] + 1) * Math.exp(z - 0.5);
        fleet.with(FleetScenario.series("m" + i / series, "slice-" + i % series), evidence[i]);
      }
      boolean paged = false;
      for (Outcome outcome : fleet.tick()) {
        paged |= outcome.score().verdict() != Verdict.HEALTHY;
      }
      if (paged) {
        pages++;
        evidence = new double[units * series];
      }
    }

    // One in A panes of the whole fleet, though there are 20 units.
    assertThat(pages).isBetween(1, ticks / FleetScenario.A);
  }
}
