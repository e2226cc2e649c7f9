package dev.parallax.benchmarks.detection.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ChartsTest {

  /** Mean 0.5, standard deviation 0.01. */
  private static final List<RivalPane> BASELINE =
      DoubleStream.of(0.49, 0.5, 0.51).mapToObj(Panes::scored).toList();

  @Test
  void limitsAreThreeSampleDeviationsAroundTheMean() {
    Limits limits = Limits.of(new double[] {1, 2, 3, 4});

    assertThat(limits.centre()).isEqualTo(2.5);
    assertThat(limits.sd()).isCloseTo(Math.sqrt(5.0 / 3), within(1e-15));
    assertThat(limits.upper()).isCloseTo(2.5 + 3 * Math.sqrt(5.0 / 3), within(1e-15));
  }

  @Test
  void aShewhartChartAlarmsOutsideThreeSigmasOnBothSidesAndRemembersNothing() {
    Rule.Watch watch = new ShewhartChart(BASELINE, RivalPane::cka).watch();

    assertThat(watch.alarms(Panes.scored(0.5299))).isFalse();
    assertThat(watch.alarms(Panes.scored(0.5301))).isTrue();
    assertThat(watch.alarms(Panes.scored(0.4699))).isTrue();
    assertThat(watch.alarms(Panes.scored(0.4701))).isFalse();
  }

  @Test
  void aFigureThatCannotBeStatedRaisesNoAlarm() {
    RivalPane unstated =
        new RivalPane(new float[0][], OptionalDouble.empty(), OptionalDouble.empty());

    assertThat(new ShewhartChart(BASELINE, RivalPane::cka).watch().alarms(unstated)).isFalse();
    assertThat(new EwmaChart(BASELINE, RivalPane::cka).watch().alarms(unstated)).isFalse();
  }

  @Test
  void anEwmaChartSeesALastingShiftAfterAsManyPanesAsItsLimitsSay() {
    // After t panes at a shift of 1.5 σ the average is 1.5 (1 − 0.8ᵗ) σ away.
    int expected = 1;
    while (1.5 * (1 - Math.pow(0.8, expected))
        <= 3 * Math.sqrt(0.2 / 1.8 * (1 - Math.pow(0.64, expected)))) {
      expected++;
    }
    Rule.Watch watch = new EwmaChart(BASELINE, RivalPane::cka).watch();
    int panes = 1;
    while (!watch.alarms(Panes.scored(0.515))) {
      panes++;
    }

    assertThat(panes).isEqualTo(expected).isGreaterThan(2);
  }

  @Test
  void everyStreamHasAnAverageOfItsOwn() {
    EwmaChart chart = new EwmaChart(BASELINE, RivalPane::cka);
    chart.watch().alarms(Panes.scored(0.6));

    assertThat(chart.watch().alarms(Panes.scored(0.5))).isFalse();
  }
}
