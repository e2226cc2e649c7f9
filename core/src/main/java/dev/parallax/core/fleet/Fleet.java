package dev.parallax.core.fleet;

import dev.parallax.core.drift.Alarm;
import dev.parallax.core.drift.Alert;
import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.FleetState.Flag;
import dev.parallax.core.fleet.FleetState.Member;
import dev.parallax.core.window.PaneLength;
import dev.parallax.core.window.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides tick by tick what is said of every series of a fleet. A pure function of the state and
 * the assessments of the tick, in whatever order they come.
 *
 * <p>A tick is the end of a pane. What pages is a {@link Unit}. Its evidence is the mean of the
 * evidences of its series, of each the last one known. {@link Discoveries} over the units that were
 * assessed with an armed baseline at this tick decide which are flagged anew; a flagged unit stays
 * so while its evidence is at least A = 1/α. In a flagged unit every series with an {@link Alarm}
 * takes the alarm's verdict. Every other verdict passes through.
 *
 * <p>Where many units are flagged at once, one {@link CommonCause} is more likely than as many
 * faults, and their alarms read {@code reference-fault}.
 *
 * <p>A shadow unit, which a drill publishes, is judged as if it were alone: it is flagged at A,
 * takes nothing from the budget of the others and has no part in a common cause.
 *
 * <p>Series that have been silent ten times as long as makes them silent are forgotten, so the
 * state is bounded by the series in use.
 */
public final class Fleet {

  private static final int FORGET_AFTER_SILENCES = 10;

  private final double panesBetweenFalsePages;
  private final CommonCause commonCause;
  private final long forgetAfterMillis;

  /**
   * A fleet.
   *
   * @param pane length of a pane, the distance of ticks
   * @param silentAfter how long a series may send nothing
   * @throws IllegalArgumentException if the page budget allows a page every pane
   */
  public Fleet(FleetSettings settings, PaneLength pane, Duration silentAfter) {
    this.panesBetweenFalsePages = settings.budget().panesBetweenFalsePages(pane);
    this.commonCause = new CommonCause(settings, pane);
    this.forgetAfterMillis = FORGET_AFTER_SILENCES * silentAfter.toMillis();
  }

  /**
   * The next tick.
   *
   * @param before what the last tick left
   * @param tick end of the pane, later than the last tick
   * @param assessments those of the panes that end then, at most one a series
   */
  public Ruling next(FleetState before, long tick, List<Assessment> assessments) {
    List<Assessment> sorted =
        assessments.stream().sorted(Comparator.comparing(a -> a.score().series())).toList();
    SortedMap<Series, Member> members = members(before, tick, sorted);
    SortedMap<Unit, Double> evidence = evidence(members);
    List<Unit> tested =
        sorted.stream()
            .filter(a -> a.score().figures().get(Figure.EVIDENCE_LOG10).isPresent())
            .map(a -> Unit.of(a.score().series()))
            .distinct()
            .toList();
    Discoveries discoveries =
        Discoveries.of(
            tested.stream().filter(unit -> !unit.isShadow()).map(evidence::get).toList(),
            panesBetweenFalsePages);
    SortedMap<Unit, Flag> flagged = stillFlagged(before, evidence);
    tested.stream()
        .filter(unit -> pages(unit, evidence.get(unit), discoveries))
        .forEach(unit -> flagged.putIfAbsent(unit, new Flag(tick, false)));
    int units = (int) evidence.keySet().stream().filter(unit -> !unit.isShadow()).count();
    commonCause.mark(flagged, units, tick);
    List<String> together = CommonCause.reasons(flagged, units);
    List<Outcome> outcomes = new ArrayList<>();
    for (Assessment assessment : sorted) {
      Series series = assessment.score().series();
      Decision decision = decision(assessment, flagged.get(Unit.of(series)), together);
      outcomes.add(outcome(before, assessment.score(), decision, discoveries));
      members.computeIfPresent(series, (s, member) -> member.with(decision.verdict()));
    }
    return new Ruling(new FleetState(members, flagged), outcomes);
  }

  private boolean pages(Unit unit, double evidenceLog10, Discoveries discoveries) {
    return unit.isShadow()
        ? evidenceLog10 >= thresholdLog10(unit, discoveries)
        : discoveries.flags(evidenceLog10);
  }

  /** The evidence that flags a unit at this tick; a shadow is judged as if it were alone. */
  private double thresholdLog10(Unit unit, Discoveries discoveries) {
    return unit.isShadow()
        ? StrictMath.log10(panesBetweenFalsePages)
        : discoveries.thresholdLog10();
  }

  /** All series that are remembered, with their evidence after this tick. */
  private SortedMap<Series, Member> members(
      FleetState before, long tick, List<Assessment> assessments) {
    SortedMap<Series, Member> members = new TreeMap<>(before.series());
    members.values().removeIf(member -> member.silentFor(tick) >= forgetAfterMillis);
    for (Assessment assessment : assessments) {
      Score score = assessment.score();
      members.put(score.series(), member(members.get(score.series()), score));
    }
    return members;
  }

  /** Silence keeps the evidence; a series that learns anew has none. */
  private static Member member(@Nullable Member before, Score score) {
    if (score.verdict() != Verdict.SILENT) {
      return new Member(
          score.verdict(), score.figures().get(Figure.EVIDENCE_LOG10), Long.MAX_VALUE);
    }
    return new Member(
        score.verdict(),
        before == null ? OptionalDouble.empty() : before.evidenceLog10(),
        score.paneEnd());
  }

  /** Of every unit of which some series has an armed baseline. */
  private static SortedMap<Unit, Double> evidence(SortedMap<Series, Member> members) {
    SortedMap<Unit, List<Double>> logs = new TreeMap<>();
    members.forEach(
        (series, member) ->
            member
                .evidenceLog10()
                .ifPresent(
                    log -> logs.computeIfAbsent(Unit.of(series), u -> new ArrayList<>()).add(log)));
    SortedMap<Unit, Double> evidence = new TreeMap<>();
    logs.forEach((unit, ofSeries) -> evidence.put(unit, Evidence.meanLog10(ofSeries)));
    return evidence;
  }

  private SortedMap<Unit, Flag> stillFlagged(FleetState before, SortedMap<Unit, Double> evidence) {
    double alone = StrictMath.log10(panesBetweenFalsePages);
    SortedMap<Unit, Flag> flagged = new TreeMap<>(before.flagged());
    flagged
        .keySet()
        .removeIf(unit -> evidence.getOrDefault(unit, Double.NEGATIVE_INFINITY) < alone);
    return flagged;
  }

  private static Decision decision(
      Assessment assessment, @Nullable Flag flag, List<String> together) {
    Score calm = assessment.score();
    if (flag == null || assessment.alarm().isEmpty()) {
      // A calm verdict that speaks of a change, as for vectors of another width and for probes,
      // saw it in its pane.
      boolean changed =
          calm.verdict() == Verdict.DIVERGED
              || calm.verdict() == Verdict.ROTATED
              || calm.verdict() == Verdict.REFERENCE_FAULT;
      return new Decision(
          calm.verdict(),
          calm.reasons(),
          changed ? OptionalLong.of(calm.paneStart()) : OptionalLong.empty());
    }
    Alarm alarm = assessment.alarm().get();
    if (!flag.commonCause()) {
      return new Decision(alarm.verdict(), alarm.reasons(), alarm.estimatedChange());
    }
    List<String> reasons = new ArrayList<>(together);
    reasons.addAll(alarm.reasons());
    return new Decision(Verdict.REFERENCE_FAULT, reasons, alarm.estimatedChange());
  }

  private Outcome outcome(
      FleetState before, Score calm, Decision decision, Discoveries discoveries) {
    Score score =
        calm.decided(
            decision.verdict(),
            decision.reasons(),
            withThreshold(calm.figures(), thresholdLog10(Unit.of(calm.series()), discoveries)));
    Member member = before.series().get(calm.series());
    // Of a series that nothing is known of, only a page is news.
    Verdict previous = member == null ? calm.verdict() : member.verdict();
    return new Outcome(
        score,
        decision.verdict() == previous
            ? Optional.empty()
            : Optional.of(new Alert(score, previous, decision.change())));
  }

  private static Figures withThreshold(Figures figures, double thresholdLog10) {
    if (figures.get(Figure.EVIDENCE_LOG10).isEmpty()) {
      return figures;
    }
    Figures.Builder builder = new Figures.Builder();
    figures.forEach(builder::put);
    return builder.put(Figure.THRESHOLD_LOG10, thresholdLog10).build();
  }

  /** What is said of a series, why, and since when it seems so. */
  private record Decision(Verdict verdict, List<String> reasons, OptionalLong change) {}

  /**
   * What a tick led to.
   *
   * @param state to be remembered
   * @param outcomes one of every assessment, by series
   */
  public record Ruling(FleetState state, List<Outcome> outcomes) {

    /** Copies the outcomes. */
    public Ruling {
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * A score as it is published, and the alert if its verdict is a new one.
   *
   * @param score the score
   * @param alert the change of verdict
   */
  public record Outcome(Score score, Optional<Alert> alert) {}
}
