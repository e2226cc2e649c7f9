package dev.parallax.exporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import dev.parallax.exporter.Baselines;
import dev.parallax.exporter.FakeClock;
import dev.parallax.exporter.Scores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetStateTest {

  private static final Duration RETENTION = Duration.ofMinutes(10);

  private final FakeClock clock = new FakeClock();
  private final FleetState fleet = new FleetState(RETENTION, 3, 4, clock);

  @Test
  void anEmptyFleetHasNothing() {
    FleetSnapshot snapshot = fleet.snapshot();

    assertThat(snapshot.series()).isEmpty();
    assertThat(snapshot.counts()).isEqualTo(EventCounts.NONE);
    assertThat(fleet.history("a|1|r|")).isEmpty();
  }

  @Test
  void theNewestPaneIsTheLatestWhateverTheOrderOfArrival() {
    fleet.accept(Scores.healthy("a", 2));
    fleet.accept(Scores.healthy("a", 1));

    assertThat(latest().paneStart()).isEqualTo(Scores.START + 2 * Scores.PANE);
    assertThat(history("a")).extracting(SeriesPoint::paneEnd).isSorted().hasSize(2);
  }

  @Test
  void aRepeatedScoreReplacesAndNeverCountsTwice() {
    Score first = Scores.healthy("a", 1);
    Score again = Scores.withCounts(first, new EventCounts(900, 700, 30, 14, 0, 0), 156);

    assertThat(fleet.accept(first)).isEqualTo(RecordOutcome.ACCEPTED);
    assertThat(fleet.accept(first)).isEqualTo(RecordOutcome.REPLACED);
    assertThat(fleet.snapshot().counts()).isEqualTo(Scores.COUNTS);
    assertThat(fleet.accept(again)).isEqualTo(RecordOutcome.REPLACED);

    assertThat(fleet.snapshot().counts()).isEqualTo(again.counts());
    assertThat(fleet.snapshot().pairs()).isEqualTo(156);
    assertThat(history("a")).hasSize(1);
  }

  @Test
  void theHistoryKeepsTheNewestPanesAndTheTotalsKeepAll() {
    for (int pane = 0; pane < 6; pane++) {
      fleet.accept(Scores.healthy("a", pane));
    }

    assertThat(history("a"))
        .extracting(point -> (point.paneEnd() - Scores.START) / Scores.PANE)
        .containsExactly(3L, 4L, 5L, 6L);
    assertThat(fleet.snapshot().counts().in()).isEqualTo(6000);
    assertThat(fleet.snapshot().pairs()).isEqualTo(6 * 256);
  }

  @Test
  void aRepeatOfAPaneThatLeftTheHistoryIsPassedOver() {
    for (int pane = 0; pane < 6; pane++) {
      fleet.accept(Scores.healthy("a", pane));
    }

    assertThat(fleet.accept(Scores.healthy("a", 1))).isEqualTo(RecordOutcome.OUTDATED);
    assertThat(fleet.snapshot().counts().in()).isEqualTo(6000);
  }

  @Test
  void aSeriesIsRemovedAndCountedWhenItsLastScoreArrivedTooLongAgo() {
    fleet.accept(Scores.healthy("a", 1));
    clock.advance(Duration.ofMinutes(6));
    fleet.accept(Scores.healthy("b", 1));
    clock.advance(Duration.ofMinutes(6));

    FleetSnapshot snapshot = fleet.snapshot();

    assertThat(snapshot.series())
        .extracting(status -> status.latest().series().model())
        .containsExactly("b");
    assertThat(snapshot.droppedByRetention()).isEqualTo(1);
    assertThat(snapshot.counts().in()).isEqualTo(2000);
    assertThat(fleet.history(Scores.series("a").key())).isEmpty();
  }

  @Test
  void aSeriesThatComesBackIsShownAgainAndItsOldPanesDoNotCountTwice() {
    fleet.accept(Scores.healthy("a", 1));
    clock.advance(RETENTION.plusSeconds(1));

    assertThat(fleet.accept(Scores.healthy("a", 1))).isEqualTo(RecordOutcome.OUTDATED);
    assertThat(fleet.accept(Scores.healthy("a", 2))).isEqualTo(RecordOutcome.ACCEPTED);
    assertThat(fleet.accept(Scores.healthy("a", 1))).isEqualTo(RecordOutcome.OUTDATED);

    assertThat(fleet.snapshot().series()).hasSize(1);
    assertThat(fleet.snapshot().counts().in()).isEqualTo(2000);
  }

  @Test
  void aScoreThatArrivedBeforeTheRetentionCountsButIsNotShown() {
    Score old = Scores.healthy("a", 1);

    assertThat(fleet.accept(old, clock.instant().minus(RETENTION).minusSeconds(1)))
        .isEqualTo(RecordOutcome.EXPIRED);

    assertThat(fleet.snapshot().series()).isEmpty();
    assertThat(fleet.snapshot().droppedByRetention()).isZero();
    assertThat(fleet.snapshot().counts().in()).isEqualTo(1000);
  }

  @Test
  void seriesBeyondTheBoundAreHiddenAndCountedOnceWhileTheirEventsAllCount() {
    for (String model : List.of("a", "b", "c", "d", "d", "e")) {
      fleet.accept(Scores.healthy(model, 1));
    }
    assertThat(fleet.accept(Scores.healthy("d", 2))).isEqualTo(RecordOutcome.HIDDEN);

    FleetSnapshot snapshot = fleet.snapshot();

    assertThat(snapshot.series()).hasSize(3);
    assertThat(snapshot.droppedByLimit()).isEqualTo(2);
    assertThat(snapshot.counts().in()).isEqualTo(6000);
  }

  @Test
  void aSeriesThatLeavesMakesRoomForAHiddenOne() {
    for (String model : List.of("a", "b", "c", "d")) {
      fleet.accept(Scores.healthy(model, 1));
    }
    clock.advance(RETENTION.plusSeconds(1));

    assertThat(fleet.accept(Scores.healthy("d", 2))).isEqualTo(RecordOutcome.ACCEPTED);
    assertThat(fleet.snapshot().counts().in()).isEqualTo(5000);
  }

  @Test
  void anEmptyRecordRemovesItsSeries() {
    fleet.accept(Scores.healthy("a", 1));

    assertThat(fleet.remove(Scores.series("a").key())).isEqualTo(RecordOutcome.REMOVED);
    assertThat(fleet.remove("nobody")).isEqualTo(RecordOutcome.OUTDATED);

    assertThat(fleet.snapshot().series()).isEmpty();
    assertThat(fleet.snapshot().counts().in()).isEqualTo(1000);
  }

  @Test
  void eventsThatAFurtherReferenceSeesAgainAreCountedOnce() {
    FleetState compared = new FleetState(RETENTION, 3, 4, Set.of("copy"), clock);
    compared.accept(Scores.healthy("a", 1));
    compared.accept(Scores.of(Series.of("a", "1", "copy"), 1, Verdict.HEALTHY, Map.of()));

    assertThat(compared.snapshot().series()).hasSize(2);
    assertThat(compared.snapshot().counts()).isEqualTo(Scores.COUNTS);
  }

  @Test
  void eventsOfASliceAreThoseOfAllTrafficAndDoNotCountAgain() {
    fleet.accept(Scores.healthy("a", 1));
    Series slice = new Series("a", "1", "bge-small@1.5", "lang=de");
    fleet.accept(Scores.of(slice, 1, Verdict.HEALTHY, Map.of()));

    assertThat(fleet.snapshot().series()).hasSize(2);
    assertThat(fleet.snapshot().counts().in()).isEqualTo(1000);
  }

  @Test
  void probesAreNoPartOfAllTrafficAndCount() {
    fleet.accept(Scores.healthy("a", 1));
    Series probes = Scores.series("a").probes();
    fleet.accept(Scores.of(probes, 1, Verdict.HEALTHY, Map.of()));

    assertThat(fleet.snapshot().counts().in()).isEqualTo(2000);
  }

  @Test
  void alertsAreNewestFirstBoundedAndNotRepeated() {
    for (int pane = FleetState.MAX_ALERTS; pane >= 0; pane--) {
      fleet.accept(alert(pane));
    }

    assertThat(fleet.accept(alert(50))).isEqualTo(RecordOutcome.REPLACED);
    assertThat(fleet.accept(alert(-1))).isEqualTo(RecordOutcome.OUTDATED);

    List<Alert> alerts = fleet.snapshot().alerts();
    assertThat(alerts).hasSize(FleetState.MAX_ALERTS);
    assertThat(alerts.get(0).score().paneStart())
        .isEqualTo(Scores.START + FleetState.MAX_ALERTS * Scores.PANE);
    assertThat(alerts.get(FleetState.MAX_ALERTS - 1).score().paneStart())
        .isEqualTo(Scores.START + Scores.PANE);
  }

  @Test
  void alertsCountOnceByVerdictAndThoseOfDrillsDoNot() {
    fleet.accept(alert(1));
    fleet.accept(alert(2));
    fleet.accept(alert(2));
    fleet.accept(alert(1));
    fleet.accept(new Alert(Scores.healthy("drill.a", 3), Verdict.WARMING, OptionalLong.empty()));

    assertThat(fleet.snapshot().alertCounts())
        .hasSize(Verdict.values().length)
        .containsEntry(Verdict.HEALTHY, 2L)
        .containsEntry(Verdict.DIVERGED, 0L);
  }

  @Test
  void theNewestArmedBaselineOfASeriesCountsInWhateverOrderTheyAreRead() {
    Series series = Scores.series("a");
    fleet.accept(Scores.healthy("a", 1));
    fleet.accept(Baselines.armed(series, "b-2", 20));
    fleet.accept(Baselines.armed(series, "b-1", 10));
    fleet.accept(Baselines.armed(Scores.series("b"), "b-3", 30));
    assertThat(fleet.snapshot().armedSince()).containsExactly(Map.entry(series, 20L));

    fleet.accept(Baselines.of(series, "b-2", BaselineRecord.State.RETIRED));
    assertThat(fleet.snapshot().armedSince()).containsExactly(Map.entry(series, 10L));

    assertThat(fleet.removeBaseline(Baselines.armed(series, "b-1", 10).key()))
        .isEqualTo(RecordOutcome.REMOVED);
    assertThat(fleet.snapshot().armedSince()).isEmpty();
  }

  @Test
  void theRevisionGrowsWithEveryChangeOfTheSeriesAlone() {
    fleet.accept(Scores.healthy("a", 1));
    fleet.accept(Scores.healthy("b", 1));
    long before = fleet.snapshot().series().get(0).revision();
    fleet.accept(Scores.healthy("b", 2));
    assertThat(fleet.snapshot().series().get(0).revision()).isEqualTo(before);
    fleet.accept(Scores.healthy("a", 1));
    assertThat(fleet.snapshot().series().get(0).revision()).isGreaterThan(before);
  }

  @Test
  void aVerdictHoldsSinceItWasFirstSaidWithoutABreak() {
    fleet.accept(said(Verdict.HEALTHY, 1));
    assertThat(since()).isEqualTo(1);
    assertThat(status().sinceKnown()).isFalse();

    fleet.accept(said(Verdict.DIVERGED, 2));
    fleet.accept(said(Verdict.DIVERGED, 3));
    assertThat(since()).isEqualTo(2);
    assertThat(status().sinceKnown()).isTrue();

    fleet.accept(said(Verdict.HEALTHY, 3));
    assertThat(since()).isEqualTo(3);
  }

  @Test
  void aVerdictThatOutlastsTheHistoryKeepsItsBeginning() {
    fleet.accept(said(Verdict.HEALTHY, 0));
    for (int pane = 1; pane < 9; pane++) {
      fleet.accept(said(Verdict.DIVERGED, pane));
    }

    assertThat(history("a")).hasSize(4);
    assertThat(since()).isEqualTo(1);
    assertThat(status().sinceKnown()).isTrue();
  }

  @Test
  void aScoreThatArrivesLateMovesTheBeginningOfAVerdict() {
    fleet.accept(said(Verdict.DIVERGED, 4));
    fleet.accept(said(Verdict.DIVERGED, 3));
    assertThat(since()).isEqualTo(3);

    fleet.accept(said(Verdict.DIVERGED, 1));
    assertThat(since()).isEqualTo(1);

    fleet.accept(said(Verdict.HEALTHY, 2));
    assertThat(since()).isEqualTo(3);
  }

  private static Score said(Verdict verdict, int pane) {
    return Scores.of(Scores.series("a"), pane, verdict, Map.of());
  }

  private SeriesStatus status() {
    return fleet.snapshot().series().get(0);
  }

  /** The pane since which the verdict holds. */
  private long since() {
    return (status().since() - Scores.START) / Scores.PANE - 1;
  }

  private static Alert alert(int pane) {
    return new Alert(Scores.healthy("a", pane), Verdict.WARMING, OptionalLong.empty());
  }

  private Score latest() {
    return fleet.snapshot().series().get(0).latest();
  }

  private List<SeriesPoint> history(String model) {
    return fleet.history(Scores.series(model).key()).orElseThrow().points();
  }
}
