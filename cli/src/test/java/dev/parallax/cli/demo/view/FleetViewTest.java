package dev.parallax.cli.demo.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.cli.demo.models.DemoFleet;
import dev.parallax.cli.demo.models.DemoModel;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.EventCounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetViewTest {

  private static final DemoModel MODEL = DemoFleet.MODELS.get(1);

  private final FleetView fleet = new FleetView(DemoFleet.MODELS);

  private ModelView model() {
    return fleet.models().get(1);
  }

  @Test
  void aScoreIsReadFromItsRecord() {
    ScoreReading score = Scores.reading(MODEL, 4, Verdict.HEALTHY, 0.75);

    assertThat(score.model()).isEqualTo("support-router");
    assertThat(score.paneEnd()).isEqualTo(Scores.START.plus(Duration.ofMinutes(5)));
    assertThat(score.windowPairs()).isEqualTo(7680);
    assertThat(score.cka()).hasValue(0.75);
    assertThat(score.ckaLow()).hasValue(0.74);
    assertThat(score.ckaHigh()).hasValue(0.76);
    assertThat(score.residual()).hasValue(1.25);
    assertThat(score.evidenceLog10()).hasValue(-0.5);
    assertThat(score.thresholdLog10()).hasValue(3);
    assertThat(score.counts()).isEqualTo(new EventCounts(640, 125, 0, 3, 0, 0));
  }

  @Test
  void aFigureThatIsNotStatedIsAbsent() {
    assertThat(Scores.bare(MODEL, 0, Verdict.WARMING).cka()).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void whatIsNotAScoreIsRefused() {
    assertThatThrownBy(() -> ScoreReading.parse("{".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ScoreReading.parse("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChangeOfVerdictIsReportedOnce() {
    assertThat(fleet.accept(Scores.bare(MODEL, 0, Verdict.WARMING))).isEmpty();
    assertThat(fleet.accept(Scores.reading(MODEL, 1, Verdict.HEALTHY, 0.7)))
        .hasValueSatisfying(change -> assertThat(change.armed()).isTrue());
    assertThat(fleet.accept(Scores.reading(MODEL, 2, Verdict.HEALTHY, 0.7))).isEmpty();
    assertThat(fleet.accept(Scores.reading(MODEL, 3, Verdict.DIVERGED, 0.6)))
        .contains(
            new VerdictChange(
                MODEL,
                Verdict.HEALTHY,
                Verdict.DIVERGED,
                Scores.START.plus(Duration.ofMinutes(4))));
  }

  @Test
  void aScoreThatIsPublishedTwiceCountsOnce() {
    fleet.accept(Scores.reading(MODEL, 0, Verdict.WARMING, 0.7));
    fleet.accept(Scores.reading(MODEL, 0, Verdict.WARMING, 0.7));

    assertThat(model().readings()).hasSize(1);
    assertThat(fleet.counts().scored()).isEqualTo(512);
  }

  @Test
  void slicesAndOtherFleetsAreLeftAside() {
    fleet.accept(
        ScoreReading.parse(
            Scores.json(MODEL, 0, Verdict.WARMING, "domain=noun", Scores.figures(0.5))));
    fleet.accept(
        Scores.bare(new DemoModel(MODEL.name(), "9", MODEL.encoder()), 0, Verdict.WARMING));

    assertThat(fleet.models()).allSatisfy(m -> assertThat(m.readings()).isEmpty());
    assertThat(fleet.counts()).isEqualTo(EventCounts.NONE);
  }

  @Test
  void theFirstFlagStaysWhateverComesAfterIt() {
    fleet.accept(Scores.reading(MODEL, 0, Verdict.HEALTHY, 0.7));
    fleet.accept(Scores.reading(MODEL, 1, Verdict.WARNING, 0.7));
    fleet.accept(Scores.reading(MODEL, 2, Verdict.DIVERGED, 0.6));
    fleet.accept(Scores.reading(MODEL, 3, Verdict.ROTATED, 0.6));
    fleet.accept(Scores.reading(MODEL, 4, Verdict.HEALTHY, 0.7));

    assertThat(model().firstFlagged().map(ScoreReading::paneEnd))
        .contains(Scores.START.plus(Duration.ofMinutes(3)));
    assertThat(model().verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(model().latestBy(Scores.START.plus(Duration.ofMinutes(2))).orElseThrow().verdict())
        .isEqualTo(Verdict.WARNING);
  }

  @Test
  void onlyVerdictsAboutTheModelAreFlags() {
    List<Verdict> flags =
        Stream.of(Verdict.values())
            .filter(verdict -> Scores.bare(MODEL, 0, verdict).flagged())
            .toList();

    assertThat(flags)
        .containsExactlyElementsOf(
            EnumSet.of(
                Verdict.DIVERGED,
                Verdict.ROTATED,
                Verdict.COLLAPSED,
                Verdict.PAIRING_FAULT,
                Verdict.REFERENCE_FAULT,
                Verdict.DEGENERATE));
  }
}
