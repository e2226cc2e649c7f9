package dev.parallax.benchmarks.detection;

import dev.parallax.benchmarks.accuracy.BinomialBound;
import dev.parallax.benchmarks.accuracy.StudyReport;
import dev.parallax.benchmarks.detection.StudyStream.Group;
import dev.parallax.benchmarks.detection.rivals.Rival;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tables of what all rules did in the same streams, and the claim made of them. */
final class Comparison {

  private static final double CONFIDENCE = 0.95;

  private final List<Trial> trials;
  private final List<RuleRecord> rules;

  Comparison(List<Trial> trials) {
    this.trials = List.copyOf(trials);
    this.rules =
        Stream.concat(Stream.of(RivalStudy.PARALLAX), Stream.of(Rival.values()).map(Rival::label))
            .map(rule -> RuleRecord.of(rule, trials))
            .toList();
  }

  /** What every rule did, Parallax the first. */
  List<RuleRecord> rules() {
    return rules;
  }

  /** Labels of the streams of a group, in the order of the catalogue. */
  List<String> streams(Group group) {
    return trials.stream()
        .filter(t -> t.group() == group)
        .map(Trial::stream)
        .distinct()
        .sorted(StudyStream.ORDER)
        .toList();
  }

  /** Writes the tables. */
  void report(StudyReport report) {
    summary(report);
    faults(report);
    healthy(report);
  }

  private void summary(StudyReport report) {
    RuleRecord own = rules.get(0);
    report.heading("All rules on the same panes");
    report.columns(
        "rule",
        "steady traffic: alarms per 1,000 panes",
        "changed traffic",
        "harmless change of the model",
        "faults caught",
        "as many by chance",
        "median delay (mean)",
        "cause named",
        "worse than Parallax in");
    for (RuleRecord rule : rules) {
      RuleRecord faults = rule.in(Group.FAULT);
      String worse = rule == own ? "" : rule.worseThan(own);
      report.row(
          rule.rule(),
          rate(rule.in(Group.STEADY)),
          rate(rule.in(Group.TRAFFIC)),
          rate(rule.in(Group.HARMLESS)),
          faults.caught() + " of " + faults.streams(),
          StudyReport.number("%.0f", rule.caughtByChance()),
          delay(faults),
          faults.named() + " of " + faults.streams(),
          worse);
      report.claim(
          rule == own || !worse.isEmpty(),
          "%s is as good as Parallax in false alarms, delay and naming",
          rule.rule());
    }
    report.paragraph("");
    report.columns("rule", "what it is");
    for (Rival rival : Rival.values()) {
      report.row(rival.label(), rival.published());
    }
  }

  private static String rate(RuleRecord record) {
    if (record.panes() == 0) {
      return "-";
    }
    return StudyReport.number("%.1f", 1000.0 * record.alarms() / record.panes())
        + StudyReport.number(
            " (< %.1f)", 1000 * BinomialBound.upper(record.alarms(), record.panes(), CONFIDENCE));
  }

  private static String delay(RuleRecord faults) {
    double sum = 0;
    for (int delay : faults.delays()) {
      sum += delay;
    }
    return faults.caught() == 0
        ? "-"
        : StudyReport.number("%.0f", faults.medianDelay().orElseThrow())
            + StudyReport.number(" (%.1f)", sum / faults.caught());
  }

  private void faults(StudyReport report) {
    report.heading("Faults: caught, median delay");
    columns("fault", report);
    for (String stream : streams(Group.FAULT)) {
      List<Object> cells = new ArrayList<>(List.of("`" + stream + "`"));
      for (RuleRecord rule : rules) {
        RuleRecord record = rule.in(stream);
        cells.add(
            record.caught()
                + "/"
                + record.streams()
                + (record.caught() == 0
                    ? ""
                    : StudyReport.number(", %.0f", record.medianDelay().orElseThrow())));
      }
      report.row(cells.toArray());
    }
  }

  private void healthy(StudyReport report) {
    report.heading("Nothing wrong with the model: panes with an alarm");
    columns("stream", report);
    for (Group group : List.of(Group.STEADY, Group.TRAFFIC, Group.HARMLESS)) {
      for (String stream : streams(group)) {
        List<Object> cells = new ArrayList<>(List.of("`" + stream + "`"));
        for (RuleRecord rule : rules) {
          RuleRecord record = rule.in(stream);
          cells.add(record.alarms() + "/" + record.panes());
        }
        report.row(cells.toArray());
      }
    }
  }

  private void columns(String first, StudyReport report) {
    report.columns(
        Stream.concat(Stream.of(first), rules.stream().map(RuleRecord::rule))
            .toArray(String[]::new));
  }
}
