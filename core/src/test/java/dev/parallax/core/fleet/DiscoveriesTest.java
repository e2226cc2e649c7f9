package dev.parallax.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveriesTest {

  private static List<Double> logs(double... evidence) {
    return DoubleStream.of(evidence).map(Math::log10).boxed().collect(Collectors.toList());
  }

  /** Four units, A = 100: one alone needs 400, two need 200, three 133.3, all four 100. */
  @ParameterizedTest
  @CsvSource({
    "399 1 1 1, 0",
    "400 1 1 1, 1",
    "1 1 400 1, 1",
    "200 200 1 1, 2",
    "199 200 1 1, 0",
    "134 134 134 1, 3",
    "133 134 134 1, 0",
    "500 150 140 1, 3",
    "500 150 120 1, 1",
    "100 100 100 100, 4",
    "99 9999 9999 100, 2"
  })
  void theLargestNumberThatStandsUpIsFlagged(String evidence, int flagged) {
    double[] values = Arrays.stream(evidence.split(" ")).mapToDouble(Double::valueOf).toArray();
    Discoveries discoveries = Discoveries.of(logs(values), 100);

    assertThat(discoveries.flagged()).isEqualTo(flagged);
    assertThat(logs(values)).filteredOn(discoveries::flags).hasSize(flagged);
    assertThat(Math.pow(10, discoveries.thresholdLog10()))
        .isCloseTo(400.0 / Math.max(1, flagged), within(1e-9));
  }

  @Test
  void oneUnitNeedsTheBudgetAndNoneNeedsNothing() {
    assertThat(Discoveries.of(logs(1000), 1000).flagged()).isEqualTo(1);
    assertThat(Discoveries.of(logs(999), 1000).flagged()).isZero();
    assertThat(Discoveries.of(List.of(), 1000).flagged()).isZero();
  }

  @Test
  void oneOfFiveHundredNeedsAMillionAndTenTogetherATenthOfIt() {
    double[] quiet = new double[500];
    Arrays.fill(quiet, 1);

    // A week of five-minute panes.
    assertThat(Discoveries.of(logs(quiet), 2016).thresholdLog10())
        .isCloseTo(Math.log10(1_008_000), within(1e-12));
    Arrays.fill(quiet, 0, 10, 110_000);
    assertThat(Discoveries.of(logs(quiet), 2016).flagged()).isEqualTo(10);
    assertThat(Discoveries.of(logs(quiet), 2016).thresholdLog10())
        .isCloseTo(Math.log10(100_800), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void noUnitIsFlaggedThatWouldNotPageAlone(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      List<Double> logs = random(random);
      Discoveries discoveries = Discoveries.of(logs, 1000);

      assertThat(logs)
          .filteredOn(discoveries::flags)
          .hasSize(discoveries.flagged())
          .allMatch(log -> log >= 3);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void moreEvidenceNeverFlagsLess(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      List<Double> logs = random(random);
      Discoveries before = Discoveries.of(logs, 1000);
      List<Double> more = new ArrayList<>(logs);
      int raised = random.nextInt(more.size());
      more.set(raised, more.get(raised) + random.nextDouble() * 3);
      Discoveries after = Discoveries.of(more, 1000);

      assertThat(after.flagged()).isGreaterThanOrEqualTo(before.flagged());
      for (int i = 0; i < logs.size(); i++) {
        assertThat(after.flags(more.get(i)) || !before.flags(logs.get(i))).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theOrderOfTheUnitsDoesNotMatter(long seed) {
    Random random = new Random(seed);
    List<Double> logs = random(random);
    Discoveries discoveries = Discoveries.of(logs, 1000);
    Collections.shuffle(logs, random);

    assertThat(Discoveries.of(logs, 1000)).isEqualTo(discoveries);
  }

  private static List<Double> random(Random random) {
    List<Double> logs = new ArrayList<>();
    int units = 1 + random.nextInt(30);
    for (int i = 0; i < units; i++) {
      logs.add(random.nextDouble() * 6);
    }
    return logs;
  }
}
