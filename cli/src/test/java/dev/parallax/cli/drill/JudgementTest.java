package dev.parallax.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.demo.view.ScoreReading;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.window.EventCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JudgementTest {

  private static final Instant FAULT = Instant.parse("2026-01-05T01:00:00Z");

  private static Judgement of(FaultKind fault) {
    return new Judgement(
        new DrillPlan(fault, "m", "1", Duration.ofMinutes(1), 10, 10, Duration.ofMinutes(1), true));
  }

  /** A score of a pane that ends so many minutes after the fault began. */
  private static ScoreReading score(String model, int minutes, Verdict verdict) {
    OptionalDouble none = OptionalDouble.empty();
    return new ScoreReading(
        model,
        "1",
        "",
        FAULT.plusSeconds(60L * minutes),
        0,
        none,
        none,
        none,
        none,
        none,
        none,
        verdict,
        EventCounts.NONE);
  }

  private static Judgement said(FaultKind fault, Verdict... after) {
    Judgement judgement = of(fault);
    judgement.accept(score("drill.m", 0, Verdict.HEALTHY), FAULT);
    for (int i = 0; i < after.length; i++) {
      judgement.accept(score("drill.m", i + 1, after[i]), FAULT);
    }
    return judgement;
  }

  @Test
  void theRightVerdictPassesAtOnce() {
    Judgement judgement = said(FaultKind.ROTATED_BASIS, Verdict.HEALTHY, Verdict.ROTATED);

    assertThat(judgement.decided()).isTrue();
    assertThat(judgement.passed()).isTrue();
    assertThat(judgement.outcome())
        .isEqualTo("drill.m is called rotated as it should, at 2026-01-05T01:02:00Z");
  }

  @Test
  void anotherVerdictIsWaitedOutAndFails() {
    Judgement judgement = said(FaultKind.ROTATED_BASIS, Verdict.HEALTHY, Verdict.DIVERGED);

    assertThat(judgement.decided()).isFalse();
    assertThat(judgement.passed()).isFalse();
    assertThat(judgement.outcome())
        .isEqualTo("drill.m was called diverged at 2026-01-05T01:02:00Z, expected rotated");
    assertThat(said(FaultKind.ROTATED_BASIS).outcome())
        .isEqualTo("drill.m has no score since the fault, expected rotated");
  }

  @Test
  void somethingHarmlessPassesOnlyAtItsEndAndIfNobodyWasAlarmed() {
    assertThat(said(FaultKind.INT8, Verdict.HEALTHY).decided()).isFalse();
    assertThat(said(FaultKind.INT8, Verdict.HEALTHY).passed()).isTrue();
    Judgement alarmed = said(FaultKind.INT8, Verdict.DIVERGED, Verdict.HEALTHY);
    assertThat(alarmed.decided()).isTrue();
    assertThat(alarmed.passed()).isFalse();
    assertThat(alarmed.outcome()).contains("called diverged at 2026-01-05T01:01:00Z");
    assertThat(said(FaultKind.TRAFFIC_TOPICS, Verdict.HEALTHY).passed()).isFalse();
  }

  @Test
  void aSeriesThatWasNotHealthyBeforeProvesNothing() {
    Judgement warming = of(FaultKind.INT8);
    assertThat(warming.unready()).hasValueSatisfying(r -> assertThat(r).contains("no score"));
    warming.accept(score("drill.m", -1, Verdict.WARMING), FAULT);
    assertThat(warming.unready()).contains("drill.m is warming, expected healthy");
    warming.accept(score("drill.m", 0, Verdict.HEALTHY), FAULT);
    assertThat(warming.unready()).isEmpty();
  }

  @Test
  void otherSeriesSayNothing() {
    Judgement judgement = said(FaultKind.ROTATED_BASIS);
    judgement.accept(score("m", 3, Verdict.ROTATED), FAULT);

    assertThat(judgement.decided()).isFalse();
  }
}
