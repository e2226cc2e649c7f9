package dev.parallax.benchmarks.detection;

import dev.parallax.benchmarks.detection.StudyStream.Group;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one rule did in all streams.
 *
 * @param rule its label
 * @param trials its own
 */
record RuleRecord(String rule, List<Trial> trials) {

  /** Streams in which an alarm is false. */
  private static final Set<Group> HEALTHY = EnumSet.of(Group.STEADY, Group.TRAFFIC, Group.HARMLESS);

  static RuleRecord of(String rule, List<Trial> all) {
    return new RuleRecord(rule, all.stream().filter(t -> t.rule().equals(rule)).toList());
  }

  /** The same in some of the streams only. */
  RuleRecord in(Group group) {
    return new RuleRecord(rule, trials.stream().filter(t -> t.group() == group).toList());
  }

  /** The same in the streams of one label. */
  RuleRecord in(String stream) {
    return new RuleRecord(rule, trials.stream().filter(t -> t.stream().equals(stream)).toList());
  }

  int streams() {
    return trials.size();
  }

  int panes() {
    return trials.stream().mapToInt(Trial::panes).sum();
  }

  int alarms() {
    return trials.stream().mapToInt(Trial::alarms).sum();
  }

  int caught() {
    return (int) trials.stream().filter(Trial::caught).count();
  }

  int named() {
    return (int) trials.stream().filter(t -> t.caught() && t.named()).count();
  }

  /** Panes until the first alarm of those streams that had one, ascending. */
  int[] delays() {
    return trials.stream().filter(Trial::caught).mapToInt(Trial::first).sorted().toArray();
  }

  /** Their median; empty where there was no alarm. */
  OptionalDouble medianDelay() {
    int[] delays = delays();
    return delays.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(delays[delays.length / 2]);
  }

  /** The share of healthy panes with an alarm, steady or not. */
  double falseAlarmRate() {
    List<Trial> healthy = trials.stream().filter(t -> HEALTHY.contains(t.group())).toList();
    RuleRecord record = new RuleRecord(rule, healthy);
    return record.panes() == 0 ? 0 : (double) record.alarms() / record.panes();
  }

  /**
   * Faults that the rule would have caught within their limits if it looked at none of them, by the
   * rate of its alarms in steady panes alone.
   */
  double caughtByChance() {
    RuleRecord steady = in(Group.STEADY);
    double rate = steady.panes() == 0 ? 0 : (double) steady.alarms() / steady.panes();
    return in(Group.FAULT).trials().stream()
        .mapToDouble(t -> 1 - Math.pow(1 - rate, t.limit()))
        .sum();
  }

  /** In what this rule does worse than another; no more than these three are compared. */
  String worseThan(RuleRecord other) {
    RuleRecord faults = in(Group.FAULT);
    RuleRecord otherFaults = other.in(Group.FAULT);
    boolean slower =
        faults.caught() == otherFaults.caught()
            && Arrays.stream(faults.delays()).average().orElse(0)
                > Arrays.stream(otherFaults.delays()).average().orElse(0);
    return String.join(
        ", ",
        Stream.of(
                falseAlarmRate() > other.falseAlarmRate() ? "false alarms" : "",
                faults.caught() < otherFaults.caught() ? "faults missed" : "",
                slower ? "delay" : "",
                faults.named() < otherFaults.named() ? "naming" : "")
            .filter(what -> !what.isEmpty())
            .toList());
  }
}
