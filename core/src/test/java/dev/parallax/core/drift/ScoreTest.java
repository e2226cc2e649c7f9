package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.SyntheticWorld.Fault;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreTest {

  /** 2026-11-22T10:15:00Z. */
  private static final long PANE_START = 1_795_342_500_000L;

  private static final String DIGEST = "e3b0c442".repeat(8);

  private static Score score(Figures figures, Optional<String> baseline, List<String> reasons) {
    return new Score(
        new Series("encoder/b", "2.1", "minilm", "lang=en"),
        PANE_START,
        PANE_START + 60_000,
        PANE_START - 14 * 60_000,
        1_024,
        15_360,
        figures,
        baseline,
        Verdict.DIVERGED,
        reasons,
        new EventCounts(2_000, 900, 60, 10, 4, 2),
        new Provenance("1.0.0", "c0ffee", "abc123", "def456", "cpu", "1.28.0", "avx512", 7),
        DIGEST);
  }

  private static Score full() {
    Figures.Builder figures = new Figures.Builder();
    for (Figure figure : Figure.values()) {
      figures.put(figure, figure.ordinal() + 0.5);
    }
    return score(
        figures.build(), Optional.of("0123456789ab"), List.of("the \"residual\" rose", "ü"));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  @Test
  void aFullScoreIsWrittenAsTheContractSays() {
    assertThat(text(full().toJson()))
        .isEqualTo(
            """
            {"model":"encoder/b","version":"2.1","reference":"minilm","slice":"lang=en",\
            "paneStart":"2026-11-22T10:15:00.000Z","paneEnd":"2026-11-22T10:16:00.000Z",\
            "windowStart":"2026-11-22T10:01:00.000Z","pairs":1024,"windowPairs":15360,\
            "cka":0.5,"ckaLow":1.5,"ckaHigh":2.5,"paneCka":3.5,"paneCkaLow":4.5,"paneCkaHigh":5.5,\
            "residual":6.5,"residualStratified":7.5,"ckaStratified":8.5,"mutualKnn":9.5,\
            "procrustes":10.5,"subspaceOverlap":11.5,"effectiveRank":12.5,"trafficMmd":13.5,\
            "probeCosineMin":14.5,"rotation":15.5,"evidenceLog10":16.5,"thresholdLog10":17.5,\
            "baseline":"0123456789ab","verdict":"diverged",\
            "reasons":["the \\"residual\\" rose","ü"],\
            "counts":{"in":2000,"sampledOut":900,"duplicate":60,"late":10,"unmatched":4,"rejected":2},\
            "provenance":{"parallax":"1.0.0","config":"c0ffee","reference":"abc123",\
            "graph":"def456","provider":"cpu","ort":"1.28.0","isa":"avx512","seed":7},\
            "sampleDigest":"%s"}"""
                .formatted(DIGEST));
  }

  @Test
  void whatCannotBeStatedIsAbsent() {
    Figures one = new Figures.Builder().put(Figure.PANE_CKA, -1e-9).build();

    assertThat(StrictJson.object(score(one, Optional.empty(), List.of()).toJson()))
        .containsEntry("paneCka", -1e-9)
        .containsEntry("reasons", List.of())
        .containsOnlyKeys(
            "model",
            "version",
            "reference",
            "slice",
            "paneStart",
            "paneEnd",
            "windowStart",
            "pairs",
            "windowPairs",
            "paneCka",
            "verdict",
            "reasons",
            "counts",
            "provenance",
            "sampleDigest");
  }

  @Test
  void reasonsOfAScoreCannotBeChangedFromOutside() {
    List<String> reasons = new ArrayList<>(List.of("one"));
    Score score = score(new Figures.Builder().build(), Optional.empty(), reasons);
    byte[] before = score.toJson();
    reasons.add("two");

    assertThat(score.toJson()).isEqualTo(before);
  }

  @Test
  void anAlertCarriesItsScoreAndWhatWasBefore() {
    Alert alert = new Alert(full(), Verdict.TRAFFIC_SHIFT, OptionalLong.of(PANE_START - 90_000));

    assertThat(text(alert.toJson()))
        .isEqualTo(
            """
            {"model":"encoder/b","version":"2.1","reference":"minilm","slice":"lang=en",\
            "time":"2026-11-22T10:16:00.000Z","verdict":"diverged",\
            "previousVerdict":"traffic-shift","estimatedChangeTime":"2026-11-22T10:13:30.000Z",\
            "runbook":"docs/runbooks/diverged.md","score":%s}"""
                .formatted(text(full().toJson())));
  }

  @Test
  void anAlertWithoutAnEstimatedChangeLeavesItOut() {
    Alert alert = new Alert(full(), Verdict.HEALTHY, OptionalLong.empty());

    assertThat(StrictJson.object(alert.toJson()))
        .doesNotContainKey("estimatedChangeTime")
        .containsEntry("score", StrictJson.object(full().toJson()));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyRecordOfATrackedSeriesIsStrictJsonWithFiniteFigures(Fault fault) {
    SyntheticWorld world = new SyntheticWorld(3);
    Follower follower = Follower.armed(world);
    int pane = Follower.BASELINE_PANES;
    for (int i = 0; i < 4; i++) {
      follower.next(world.faulty(pane++, fault));
    }
    follower.next(SyntheticWorld.empty(pane));
    follower.next(world.healthy(pane + 9));
    for (Follower.Outcome outcome : follower.outcomes()) {
      Score score = outcome.score();
      Map<String, Object> json = StrictJson.object(score.toJson());

      assertThat(json).containsEntry("verdict", score.verdict().label());
      for (Figure figure : Figure.values()) {
        Object stated = json.get(figure.field());
        assertThat(stated != null).isEqualTo(score.figures().get(figure).isPresent());
        if (stated != null) {
          assertThat((double) stated).isEqualTo(score.figures().get(figure).orElseThrow());
        }
      }
      outcome.alert().ifPresent(alert -> StrictJson.object(alert.toJson()));
    }
  }
}
