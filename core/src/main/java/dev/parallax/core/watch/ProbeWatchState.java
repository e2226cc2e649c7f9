package dev.parallax.core.watch;

import dev.parallax.core.drift.Verdict;
import dev.parallax.core.probe.ProbeBaseline;
import dev.parallax.core.probe.ProbeCycle;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of a model's probes between panes. Immutable; {@link ProbeWatchCodec} gives it
 * bytes.
 *
 * <p>Bounded: a baseline or the repeats that will make one, and one open cycle, each of at most
 * {@value dev.parallax.core.probe.ProbeSet#MAX_PROBES} vectors.
 *
 * @param set first digits of the digest of the set that is watched; empty before the first cycle
 * @param closed when the last finished cycle began; {@link Long#MIN_VALUE} if there was none
 * @param open a cycle whose answers are still coming in
 * @param learning the cycles that a baseline will be made of
 * @param baseline the baseline, once there are enough
 * @param baselineId its name, empty if there is none
 * @param verdict the last one
 */
public record ProbeWatchState(
    String set,
    long closed,
    Optional<OpenCycle> open,
    List<ProbeCycle> learning,
    Optional<ProbeBaseline> baseline,
    String baselineId,
    Verdict verdict) {

  /** Before the first cycle. */
  static final ProbeWatchState EMPTY =
      new ProbeWatchState(
          "", Long.MIN_VALUE, Optional.empty(), List.of(), Optional.empty(), "", Verdict.WARMING);

  /** Copies the cycles. */
  public ProbeWatchState {
    learning = List.copyOf(learning);
  }

  /** With another open cycle. */
  ProbeWatchState opening(OpenCycle cycle) {
    return new ProbeWatchState(
        set, closed, Optional.of(cycle), learning, baseline, baselineId, verdict);
  }

  /** After a cycle that made no difference but to the verdict. */
  ProbeWatchState closing(OpenCycle cycle, Verdict said) {
    return new ProbeWatchState(
        set, cycle.cycle().startMillis(), Optional.empty(), learning, baseline, baselineId, said);
  }

  /** With nothing learnt, of another set. */
  ProbeWatchState watching(String other) {
    return new ProbeWatchState(
        other, closed, open, List.of(), Optional.empty(), "", Verdict.WARMING);
  }

  /** With other cycles to learn from. */
  ProbeWatchState learning(List<ProbeCycle> cycles) {
    return new ProbeWatchState(set, closed, open, cycles, baseline, baselineId, verdict);
  }

  /** With a baseline. */
  ProbeWatchState armed(ProbeBaseline made, String id) {
    return new ProbeWatchState(set, closed, open, List.of(), Optional.of(made), id, verdict);
  }
}
