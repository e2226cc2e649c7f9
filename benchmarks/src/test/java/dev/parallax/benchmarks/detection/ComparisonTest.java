package dev.parallax.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.benchmarks.accuracy.StudyReport;
import dev.parallax.benchmarks.detection.StudyStream.Group;
import dev.parallax.benchmarks.detection.rivals.Rival;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  private static final String RIVAL = Rival.MMD.label();

  private static Trial fault(String rule, int first, boolean named) {
    return new Trial(
        "m", "truncation", Group.FAULT, 0, 10, rule, 10, first > 0 ? 1 : 0, first, named);
  }

  private static Trial steady(String rule, int alarms) {
    return new Trial(
        "m", "steady", Group.STEADY, 0, 100, rule, 100, alarms, alarms > 0 ? 1 : 0, false);
  }

  private static String worse(Trial rivalFault, Trial rivalSteady) {
    List<Trial> trials =
        List.of(
            fault(RivalStudy.PARALLAX, 5, true),
            steady(RivalStudy.PARALLAX, 1),
            rivalFault,
            rivalSteady);
    return RuleRecord.of(RIVAL, trials).worseThan(RuleRecord.of(RivalStudy.PARALLAX, trials));
  }

  @Test
  void aRuleIsWorseInWhateverItIsWorseIn() {
    assertThat(worse(fault(RIVAL, 5, true), steady(RIVAL, 1))).isEmpty();
    assertThat(worse(fault(RIVAL, 5, true), steady(RIVAL, 2))).isEqualTo("false alarms");
    assertThat(worse(fault(RIVAL, 6, true), steady(RIVAL, 1))).isEqualTo("delay");
    assertThat(worse(fault(RIVAL, 5, false), steady(RIVAL, 1))).isEqualTo("naming");
    assertThat(worse(fault(RIVAL, 0, false), steady(RIVAL, 3)))
        .isEqualTo("false alarms, faults missed, naming");
  }

  @Test
  void theClaimBreaksWhereARuleIsAsGoodInAllThree() {
    List<Trial> trials = new ArrayList<>();
    for (Rival rival : Rival.values()) {
      trials.add(fault(rival.label(), 1, rival == Rival.MMD));
      trials.add(steady(rival.label(), 0));
    }
    trials.add(fault(RivalStudy.PARALLAX, 5, true));
    trials.add(steady(RivalStudy.PARALLAX, 0));
    StudyReport report =
        new StudyReport(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    new Comparison(trials).report(report);

    assertThat(report.broken())
        .containsExactly(RIVAL + " is as good as Parallax in false alarms, delay and naming");
  }

  @Test
  void whatARuleCatchesByChanceFollowsFromItsAlarmsInSteadyPanes() {
    RuleRecord record = RuleRecord.of(RIVAL, List.of(fault(RIVAL, 1, false), steady(RIVAL, 10)));

    assertThat(record.caughtByChance()).isEqualTo(1 - Math.pow(0.9, 10));
  }

  @Test
  void whatWasFollowedIsKeptAndFoundAgain(@TempDir Path folder) throws Exception {
    List<Trial> kept = List.of(fault(RIVAL, 3, false), fault(RivalStudy.PARALLAX, 5, true));
    new Trials(folder).add(StudyModel.BGE_INT8, kept);
    Trials trials = new Trials(folder);

    assertThat(trials.all()).isEqualTo(kept);
    assertThat(trials.has(StudyModel.BGE_INT8, "truncation", 0)).isTrue();
    assertThat(trials.has(StudyModel.BGE_INT8, "truncation", 1)).isFalse();
    assertThat(trials.has(StudyModel.E5_INT8, "truncation", 0)).isFalse();
  }

  @Test
  void plotsOfTheSameTrialsHaveTheSameBytesAndAreXml() throws Exception {
    Comparison comparison =
        new Comparison(List.of(fault(RivalStudy.PARALLAX, 5, true), steady(RIVAL, 10)));
    String delays = DelayPlot.of(comparison).toString();
    String rules = RulesPlot.of(comparison).toString();

    assertThat(DelayPlot.of(comparison).toString()).isEqualTo(delays).contains("truncation");
    assertThat(RulesPlot.of(comparison).toString()).isEqualTo(rules).contains(RIVAL);
    for (String svg : List.of(delays, rules)) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
