package dev.parallax.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.Fleet.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonCauseTest {

  private static final double CLEAR = 1e9;

  private static FleetScenario fleet(double share, int least, int ticks) {
    return new FleetScenario(
        new FleetSettings(FleetScenario.SETTINGS.budget(), share, least, ticks));
  }

  /** A tick of units 0 to {@code units - 1}, of which {@code moved} have clear evidence. */
  private static List<Score> tick(FleetScenario fleet, int units, List<Integer> moved) {
    for (int i = 0; i < units; i++) {
      fleet.with(name(i), moved.contains(i) ? CLEAR : 1);
    }
    return fleet.tick().stream().map(Outcome::score).toList();
  }

  private static String name(int unit) {
    return String.format("m%02d", unit);
  }

  private static List<String> called(List<Score> scores, Verdict verdict) {
    return scores.stream()
        .filter(score -> score.verdict() == verdict)
        .map(score -> score.series().model())
        .toList();
  }

  @Test
  void manyUnitsAtOnceAreAFaultOfWhatTheyShare() {
    FleetScenario fleet = fleet(0.1, 3, 3);
    tick(fleet, 20, List.of());
    List<Score> scores = tick(fleet, 20, List.of(3, 5, 7));

    assertThat(called(scores, Verdict.REFERENCE_FAULT)).containsExactly("m03", "m05", "m07");
    assertThat(scores.get(3).reasons())
        .containsExactly(
            "3 of 20 models moved at the same time: m03/1, m05/1, m07/1", "it was turned");
    assertThat(called(scores, Verdict.HEALTHY)).hasSize(17);
  }

  @Test
  void aShareThatIsNotExceededIsNoCommonCause() {
    List<Score> scores = tick(fleet(0.1, 3, 3), 30, List.of(1, 2, 3));

    assertThat(called(scores, Verdict.ROTATED)).hasSize(3);
    assertThat(called(tick(fleet(0.1, 3, 3), 29, List.of(1, 2, 3)), Verdict.REFERENCE_FAULT))
        .hasSize(3);
  }

  @Test
  void fewerThanTheLeastAreNoCommonCauseHoweverSmallTheFleet() {
    assertThat(called(tick(fleet(0.1, 3, 3), 2, List.of(0, 1)), Verdict.ROTATED)).hasSize(2);
    assertThat(called(tick(fleet(0.1, 2, 3), 2, List.of(0, 1)), Verdict.REFERENCE_FAULT))
        .hasSize(2);
  }

  @Test
  void unitsThatMoveWithinAFewTicksOfEachOtherMoveTogether() {
    FleetScenario fleet = fleet(0.1, 3, 3);
    assertThat(called(tick(fleet, 10, List.of(0)), Verdict.ROTATED)).containsExactly("m00");
    assertThat(called(tick(fleet, 10, List.of(0, 1)), Verdict.ROTATED)).hasSize(2);
    List<Score> third = tick(fleet, 10, List.of(0, 1, 2));

    assertThat(called(third, Verdict.REFERENCE_FAULT)).containsExactly("m00", "m01", "m02");
  }

  @Test
  void unitsThatMoveFurtherApartAreFaultsOfTheirOwn() {
    FleetScenario fleet = fleet(0.1, 3, 2);
    tick(fleet, 10, List.of(0));
    tick(fleet, 10, List.of(0, 1));

    assertThat(called(tick(fleet, 10, List.of(0, 1, 2)), Verdict.ROTATED)).hasSize(3);
  }

  @Test
  void stragglersJoinAndLaterFaultsDoNot() {
    FleetScenario fleet = fleet(0.1, 3, 3);
    List<Integer> moved = new ArrayList<>(List.of(0, 1, 2));
    tick(fleet, 10, moved);
    tick(fleet, 10, moved);
    moved.add(3);
    assertThat(called(tick(fleet, 10, moved), Verdict.REFERENCE_FAULT)).hasSize(4);
    tick(fleet, 10, moved);
    moved.add(4);
    // Two of three ticks alone would be too few; the fourth unit carries the fifth along.
    assertThat(called(tick(fleet, 10, moved), Verdict.REFERENCE_FAULT)).hasSize(5);
    tick(fleet, 10, moved);
    tick(fleet, 10, moved);
    moved.add(5);
    List<Score> late = tick(fleet, 10, moved);

    assertThat(called(late, Verdict.REFERENCE_FAULT)).hasSize(5);
    assertThat(called(late, Verdict.ROTATED)).containsExactly("m05");
  }

  @Test
  void whenItIsOverEveryUnitFallsBackByItself() {
    FleetScenario fleet = fleet(0.1, 3, 3);
    tick(fleet, 10, List.of(0, 1, 2));
    List<Score> oneLeft = tick(fleet, 10, List.of(1));

    assertThat(called(oneLeft, Verdict.REFERENCE_FAULT)).containsExactly("m01");
    assertThat(oneLeft.get(1).reasons().get(0))
        .isEqualTo("1 of 10 models moved at the same time: m01/1");
    assertThat(called(tick(fleet, 10, List.of()), Verdict.HEALTHY)).hasSize(10);
    assertThat(fleet.state().flagged()).isEmpty();
  }

  @Test
  void reasonsNameNoMoreThanTen() {
    FleetScenario fleet = fleet(0.1, 3, 3);
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(i);
    }

    assertThat(tick(fleet, 12, all).get(0).reasons().get(0))
        .startsWith("12 of 12 models moved at the same time: m00/1, m01/1")
        .endsWith("m09/1 and 2 more");
  }

  @Test
  void aUnitThatWasFlaggedLongBeforeKeepsItsOwnVerdict() {
    FleetScenario fleet = fleet(0.1, 3, 3);
    for (int i = 0; i < 5; i++) {
      tick(fleet, 10, List.of(9));
    }
    List<Score> scores = tick(fleet, 10, List.of(0, 1, 2, 9));

    assertThat(called(scores, Verdict.REFERENCE_FAULT)).containsExactly("m00", "m01", "m02");
    assertThat(called(scores, Verdict.ROTATED)).containsExactly("m09");
  }
}
