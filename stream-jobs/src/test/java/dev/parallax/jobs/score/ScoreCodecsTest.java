package dev.parallax.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.AaReport;
import dev.parallax.core.drift.Alarm;
import dev.parallax.core.drift.Approval;
import dev.parallax.core.drift.Arming;
import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.BaselineHistory;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.SeriesState;
import dev.parallax.core.drift.SeriesState.PaneMoments;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.fleet.FleetState;
import dev.parallax.core.similarity.HsicTriple;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.watch.ProbeWatchState;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.fleet.FleetStateType;
import dev.parallax.jobs.score.ScoredPane.ScoredPaneCodec;
import dev.parallax.jobs.state.Golden;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ScoreCodecsTest {

  private static final Series SERIES = Series.of("modèle", "1", "shared");
  private static final MiniBatchMoments MOMENTS =
      MiniBatchMoments.none().plus(new HsicTriple(0.25, 0.5, 0.75));

  private static PairedPane pane() {
    return new PairedPane(
        SERIES,
        60_000,
        List.of(new InputKey(1, 2), new InputKey(3, 4)),
        new float[][] {{0.6f, 0.8f}, {1, 0}},
        new float[] {1, 2.5f},
        new float[][] {{0, 0, 1}, {0, -1, 0}},
        new EventCounts(21, 10, 3, 4, 1, 1));
  }

  @Test
  void panesKeepTheirBytes() throws IOException {
    assertThat(Golden.check("paired-pane-v1", PairedPaneCodec.INSTANCE, pane()))
        .usingRecursiveComparison()
        .isEqualTo(pane());
  }

  @Test
  void emptyPanesKeepTheirBytes() throws IOException {
    PairedPane empty =
        new PairedPane(
            SERIES, 0, List.of(), new float[0][], new float[0], new float[0][], EventCounts.NONE);

    assertThat(Golden.check("paired-pane-v1-empty", PairedPaneCodec.INSTANCE, empty).pairs())
        .isZero();
  }

  @Test
  void scoredPanesKeepTheirBytes() throws IOException {
    ScoredPane scored = new ScoredPane(pane(), MOMENTS);

    assertThat(Golden.check("scored-pane-v1", ScoredPaneCodec.INSTANCE, scored))
        .usingRecursiveComparison()
        .isEqualTo(scored);
  }

  @Test
  void statesOfSeriesKeepTheirBytes() throws IOException {
    SeriesState state =
        new SeriesState(
            SERIES, 120_000, List.of(new PaneMoments(60_000, 2, MOMENTS)), Optional.empty(), false);

    assertThat(Golden.check("series-state-v1", SeriesStateType.INSTANCE, state))
        .usingRecursiveComparison()
        .isEqualTo(state);
  }

  /** The states themselves have golden bytes in core; here it is what Flink keeps of them. */
  @Test
  void statesOfProbesAndOfTheFleetKeepTheirBytes() throws IOException {
    ProbeWatchState probes =
        new ProbeWatchState(
            "set", 60_000, Optional.empty(), List.of(), Optional.empty(), "", Verdict.WARMING);

    assertThat(Golden.check("probe-watch-v1", ProbeWatchStateType.INSTANCE, probes))
        .isEqualTo(probes);
    assertThat(Golden.check("fleet-state-v1-empty", FleetStateType.INSTANCE, FleetState.EMPTY))
        .isEqualTo(FleetState.EMPTY);
  }

  /** An order and a report are those of the topic, which are tested in core. */
  @Test
  void whatWasWrittenOfBaselinesBeforeKeepsItsBytes() throws IOException {
    SeriesPast past =
        new SeriesPast(
            SERIES,
            BaselineHistory.of(
                    List.of(
                        new BaselineRecord(
                            SERIES,
                            BaselineRecord.State.RETIRED,
                            Optional.empty(),
                            report(),
                            Optional.of(new Arming(new Approval("ada", 5, Optional.of("why")), 6)),
                            OptionalLong.of(7))))
                .begun());

    SeriesPast read = Golden.check("series-past-v1", SeriesPastCodec.INSTANCE, past);
    assertThat(read.history().records()).isEqualTo(past.history().records());
    assertThat(read.history().isBegun()).isTrue();
  }

  private static AaReport report() {
    return new AaReport(
        "0123456789ab",
        100,
        100,
        0,
        1.5,
        4.5,
        0.25,
        0.1,
        60,
        OptionalDouble.of(0.5),
        1,
        0.5,
        40_000,
        3,
        1.05,
        true,
        List.of("länger"),
        List.of(new AaReport.Point(60_000, 1, 0.5)));
  }

  private static Assessment assessment(Optional<Alarm> alarm, Optional<String> baseline) {
    return new Assessment(
        new Score(
            SERIES,
            60_000,
            120_000,
            0,
            2,
            3,
            new Figures.Builder().put(Figure.CKA, 0.75).put(Figure.EVIDENCE_LOG10, 4.5).build(),
            baseline,
            Verdict.HEALTHY,
            List.of("größer"),
            new EventCounts(21, 10, 3, 4, 1, 1),
            new Provenance("1.0", "config", "reference", "graph", "cpu", "ort", "isa", 7),
            "00ff"),
        alarm);
  }

  @Test
  void assessmentsKeepTheirBytes() throws IOException {
    Assessment calm = assessment(Optional.empty(), Optional.empty());
    Assessment alarmed =
        assessment(
            Optional.of(
                new Alarm(Verdict.ROTATED, List.of("it", "was turned"), OptionalLong.of(60_000))),
            Optional.of("0123456789ab"));
    Assessment undated =
        assessment(
            Optional.of(new Alarm(Verdict.DIVERGED, List.of(), OptionalLong.empty())),
            Optional.of("0123456789ab"));

    assertThat(Golden.check("assessment-v1-calm", AssessmentCodec.INSTANCE, calm)).isEqualTo(calm);
    assertThat(Golden.check("assessment-v1-alarmed", AssessmentCodec.INSTANCE, alarmed))
        .isEqualTo(alarmed);
    assertThat(Golden.check("assessment-v1-undated", AssessmentCodec.INSTANCE, undated))
        .isEqualTo(undated);
  }
}
