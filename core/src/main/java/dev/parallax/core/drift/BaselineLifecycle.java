package dev.parallax.core.drift;

import dev.parallax.core.window.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What becomes of baselines that are collected: they wait, are armed, are dropped, and are taken up
 * again by a job that has lost them. Pure functions of event time, order and history.
 */
final class BaselineLifecycle {

  private final TrackerSettings settings;

  BaselineLifecycle(TrackerSettings settings) {
    this.settings = settings;
  }

  /**
   * What the pane that completes a baseline leads to. What the history knows of it already is not
   * published again.
   */
  Collection complete(Learning.Collected collected, Series series, long end, BaselineHistory past) {
    AaReport report = report(collected.shadow());
    boolean armsAtOnce = settings.arming().armsAtOnce(report);
    Learning learning = armsAtOnce ? collected.armed(Approval.automatic(end), end) : collected;
    Learning.Armed tests = learning instanceof Learning.Armed armed ? armed : collected.shadow();
    BaselineRecord.State state =
        armsAtOnce ? BaselineRecord.State.ARMED : BaselineRecord.State.COLLECTED;
    boolean isKnown = past.of(tests.baseline().id()).isPresent();
    return new Collection(
        learning, report, isKnown ? List.of() : List.of(record(series, state, tests, report)));
  }

  /**
   * What an order leads to; nothing if it names another baseline than that of the series, if that
   * is armed already, if it is outside the budget and nobody answers for it, or if the history says
   * when the order was followed.
   *
   * @param from event time from which on the order holds
   */
  Optional<Change> ordered(
      SeriesState state, BaselineOrder order, long from, BaselineHistory past) {
    Optional<BaselineRecord> known = past.of(order.baseline());
    return switch (order.kind()) {
      case ARM ->
          known.flatMap(BaselineRecord::arming).isPresent()
              ? Optional.empty()
              : approved(state, order, from);
      case COLLECT ->
          known.isPresent() && known.get().until().isPresent()
              ? Optional.empty()
              : dropped(state, order, from);
    };
  }

  private Optional<Change> approved(SeriesState state, BaselineOrder order, long from) {
    if (!(state.learning().orElse(null) instanceof Learning.Collected collected)
        || !collected.shadow().baseline().id().equals(order.baseline())) {
      return Optional.empty();
    }
    AaReport report = report(collected.shadow());
    if (!report.withinBudget() && order.approval().override().isEmpty()) {
      return Optional.empty();
    }
    Learning.Armed armed = collected.armed(order.approval(), from);
    return Optional.of(
        new Change(
            Optional.of(armed), record(state.series(), BaselineRecord.State.ARMED, armed, report)));
  }

  private Optional<Change> dropped(SeriesState state, BaselineOrder order, long from) {
    Learning learning = state.learning().orElse(null);
    return tests(learning)
        .filter(tests -> tests.baseline().id().equals(order.baseline()))
        .map(
            tests ->
                new Change(
                    Optional.empty(),
                    record(state.series(), BaselineRecord.State.ARMED, tests, report(tests))
                        .ended(from)));
  }

  private static Optional<Learning.Armed> tests(Learning learning) {
    return learning instanceof Learning.Armed armed
        ? Optional.of(armed)
        : learning instanceof Learning.Collected collected
            ? Optional.of(collected.shadow())
            : Optional.empty();
  }

  /**
   * The baseline of a series as the history says that it was at an event time: armed, or dropped.
   */
  Optional<Learning> at(long time, Optional<Learning> learning, BaselineHistory past) {
    Optional<BaselineRecord> known =
        tests(learning.orElse(null)).flatMap(tests -> past.of(tests.baseline().id()));
    if (known.isEmpty()) {
      return learning;
    }
    if (known.get().isOver(time)) {
      return Optional.empty();
    }
    return learning.get() instanceof Learning.Collected collected && known.get().isArmed(time)
        ? Optional.of(armed(collected, known.get()))
        : learning;
  }

  private static Learning.Armed armed(Learning.Collected collected, BaselineRecord record) {
    Arming arming = record.arming().orElseThrow();
    return collected.armed(arming.approval(), arming.from());
  }

  /**
   * What a series without a state begins with at its first pane: the baseline in use by then, with
   * tests that have seen nothing. One that cannot be used ends here, and its successor is
   * collected.
   */
  Beginning begin(long paneStart, BaselineHistory past) {
    List<String> reasons = new ArrayList<>();
    List<BaselineRecord> ended = new ArrayList<>();
    for (BaselineRecord record : past.standing(paneStart)) {
      Optional<String> hindrance = hindrance(record);
      if (hindrance.isEmpty()) {
        Learning.Collected collected = collected(record.content().orElseThrow());
        Learning learning = record.isArmed(paneStart) ? armed(collected, record) : collected;
        return new Beginning(Optional.of(learning), reasons, ended);
      }
      reasons.add(
          "baseline "
              + record.baseline()
              + " cannot be taken up, and another is collected: "
              + hindrance.get());
      ended.add(record.ended(paneStart));
    }
    return new Beginning(Optional.empty(), reasons, ended);
  }

  private Optional<String> hindrance(BaselineRecord record) {
    if (record.content().isEmpty()) {
      return Optional.of("it is too large for a record, and the state that had it is lost");
    }
    BaselineSpace space = record.content().get().space();
    if (space.strata().count() != settings.strata()) {
      return Optional.of(
          "it has "
              + space.strata().count()
              + " strata, monitor.baseline.strata is "
              + settings.strata());
    }
    if (space.translation().ridge() != settings.ridge()) {
      return Optional.of(
          "it was fitted with a ridge of "
              + space.translation().ridge()
              + ", monitor.baseline.ridge is "
              + settings.ridge());
    }
    return Optional.empty();
  }

  private Learning.Collected collected(Baseline baseline) {
    DetectorPlan plan = DetectorPlan.of(baseline.holdOutReadings(), settings);
    return new Learning.Collected(
        new Learning.Armed(baseline, plan, Detectors.start(plan), List.of(), Optional.empty()));
  }

  private AaReport report(Learning.Armed tests) {
    return AaStudy.report(tests.baseline(), tests.plan(), settings);
  }

  private static BaselineRecord record(
      Series series, BaselineRecord.State state, Learning.Armed tests, AaReport report) {
    return new BaselineRecord(
        series, state, Optional.of(tests.baseline()), report, tests.arming(), OptionalLong.empty());
  }

  /**
   * A complete baseline.
   *
   * @param learning armed, or waiting
   * @param report its A/A report
   * @param records to be published
   */
  record Collection(Learning learning, AaReport report, List<BaselineRecord> records) {}

  /**
   * What an order led to.
   *
   * @param learning to be remembered
   * @param record to be published
   */
  record Change(Optional<Learning> learning, BaselineRecord record) {}

  /**
   * What a series begins with.
   *
   * @param learning its baseline, if there is one
   * @param reasons why it has not another
   * @param ended baselines that cannot be used, to be published
   */
  record Beginning(Optional<Learning> learning, List<String> reasons, List<BaselineRecord> ended) {}
}
