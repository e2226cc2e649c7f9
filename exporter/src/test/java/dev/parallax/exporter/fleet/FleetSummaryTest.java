package dev.parallax.exporter.fleet;

import static dev.parallax.core.drift.Verdict.DIVERGED;
import static dev.parallax.core.drift.Verdict.HEALTHY;
import static dev.parallax.core.drift.Verdict.INSUFFICIENT;
import static dev.parallax.core.drift.Verdict.ROTATED;
import static dev.parallax.core.drift.Verdict.SILENT;
import static dev.parallax.core.drift.Verdict.WARMING;
import static dev.parallax.core.drift.Verdict.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.Scores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FleetSummaryTest {

  @Test
  void theWorstVerdictIsTheAnswer() {
    assertThat(headline(HEALTHY, DIVERGED, HEALTHY, WARMING))
        .isEqualTo("1 of 4 models has diverged");
    assertThat(headline(DIVERGED, DIVERGED, WARNING)).isEqualTo("2 of 3 models have diverged");
    assertThat(headline(DIVERGED, ROTATED, HEALTHY)).isEqualTo("2 of 3 models need a look");
    assertThat(headline(SILENT, HEALTHY)).isEqualTo("1 of 2 models is silent");
    assertThat(headline(DIVERGED)).isEqualTo("The model has diverged");
  }

  @Test
  void aHealthyFleetIsCalledHealthy() {
    assertThat(headline(HEALTHY)).isEqualTo("The model is healthy");
    assertThat(headline(HEALTHY, HEALTHY, HEALTHY)).isEqualTo("All 3 models are healthy");
  }

  @Test
  void nothingIsCalledHealthyBeforeItCanBeSaid() {
    assertThat(FleetSummary.of(List.of()).headline()).isEqualTo("Waiting for the first score");
    assertThat(headline(WARMING, WARMING)).isEqualTo("Warming up");
    assertThat(headline(INSUFFICIENT)).isEqualTo("Too few pairs to say anything yet");
    assertThat(headline(HEALTHY, WARMING)).isEqualTo("1 of 2 models is warming up");
  }

  @Test
  void theDetailNamesTheFewThatAreConcernedAndCountsTheOthers() {
    assertThat(detail(HEALTHY, DIVERGED, HEALTHY, DIVERGED))
        .isEqualTo("diverged: m1, m3 · 2 healthy");
    assertThat(detail(HEALTHY, DIVERGED, DIVERGED, DIVERGED, DIVERGED))
        .isEqualTo("1 healthy · 4 diverged");
    assertThat(detail(HEALTHY, WARMING, WARMING)).isEqualTo("2 warming · 1 healthy");
  }

  @Test
  void severalSeriesOfOneModelAreCalledSeries() {
    List<SeriesStatus> fleet = fleet(HEALTHY, HEALTHY);
    fleet.add(status(new Series("m0", "1", "bge-small@1.5", "lang=de"), DIVERGED));

    assertThat(FleetSummary.of(fleet).headline()).isEqualTo("1 of 3 series has diverged");
  }

  @Test
  void aDrillIsCountedAndAnswersForNothing() {
    List<SeriesStatus> fleet = fleet(HEALTHY, HEALTHY);
    fleet.add(status(Scores.series("drill.m0"), DIVERGED));

    FleetSummary summary = FleetSummary.of(fleet);

    assertThat(summary.headline()).isEqualTo("All 2 models are healthy");
    assertThat(summary.severity()).isEqualTo(Severity.GOOD);
    assertThat(summary.detail()).isEqualTo("2 healthy · 1 drill");
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void everyVerdictMakesASentence(Verdict verdict) {
    assertThat(headline(verdict, verdict)).matches("[A-Z0-9][a-z0-9 ]+");
    assertThat(FleetSummary.of(fleet(verdict)).severity()).isEqualTo(Severity.of(verdict));
  }

  private static String headline(Verdict... verdicts) {
    return FleetSummary.of(fleet(verdicts)).headline();
  }

  private static String detail(Verdict... verdicts) {
    return FleetSummary.of(fleet(verdicts)).detail();
  }

  private static List<SeriesStatus> fleet(Verdict... verdicts) {
    List<SeriesStatus> fleet = new ArrayList<>();
    for (int i = 0; i < verdicts.length; i++) {
      fleet.add(status(Scores.series("m" + i), verdicts[i]));
    }
    return fleet;
  }

  private static SeriesStatus status(Series series, Verdict verdict) {
    return new SeriesStatus(Scores.of(series, 1, verdict, Map.of()), Instant.EPOCH, 1, 0, true);
  }
}
