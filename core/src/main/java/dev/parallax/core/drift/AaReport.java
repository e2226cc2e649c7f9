package dev.parallax.core.drift;

import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.json.CanonicalJson;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a baseline promises, tried on itself: the hold-out panes, which are healthy, replayed
 * through the detectors as they are configured (A against A). Says how many alarms a month to
 * expect, and whether that is within the page budget.
 *
 * <p>The promise holds whatever the distribution of healthy panes, but only if their mean, given
 * the panes before, stays below the tested one. Panes that follow one another break that, so the
 * estimate resamples the hold-out in blocks, each replicate with a baseline and a stream of its
 * own.
 *
 * @param baseline id of the baseline
 * @param panes hold-out panes
 * @param leastPanes how many were expected
 * @param alarms alarms of the replay
 * @param largestEvidenceLog10 decimal logarithm of the largest evidence of the replay
 * @param thresholdLog10 decimal logarithm of the evidence that pages
 * @param autocorrelation lag-1 autocorrelation of the tested figure over hold-out panes: of
 *     residual and systematic part the larger one
 * @param autocorrelationError its standard error if panes were independent
 * @param effectivePanes how many independent panes tell as much of the healthy mean
 * @param hourShare share of the variance that the hour of the day (UTC) explains, adjusted for the
 *     number of hours; empty where the hold-out spans less than two days
 * @param promisedPerMonth alarms a month that the page budget allows
 * @param expectedPerMonth alarms a month by the block bootstrap
 * @param simulatedPanes panes of the bootstrap
 * @param blockPanes panes of a block
 * @param tested residual above which panes speak against the baseline, over the healthy one
 * @param withinBudget whether the baseline may arm
 * @param advice what to do for a better baseline, in words
 * @param points residual and evidence of each hold-out pane
 */
public record AaReport(
    String baseline,
    int panes,
    int leastPanes,
    int alarms,
    double largestEvidenceLog10,
    double thresholdLog10,
    double autocorrelation,
    double autocorrelationError,
    double effectivePanes,
    OptionalDouble hourShare,
    double promisedPerMonth,
    double expectedPerMonth,
    int simulatedPanes,
    int blockPanes,
    double tested,
    boolean withinBudget,
    List<String> advice,
    List<Point> points) {

  /** Copies the lists. */
  public AaReport {
    advice = List.copyOf(advice);
    points = List.copyOf(points);
  }

  /** The report as a JSON object. */
  public byte[] toJson() {
    return CanonicalJson.objectBytes(this::writeTo);
  }

  /** Adds the report's fields to an object. */
  public void writeTo(CanonicalJson json) {
    json.field("baseline", baseline)
        .field("withinBudget", withinBudget)
        .field("panes", panes)
        .field("leastPanes", leastPanes)
        .field("alarms", alarms)
        .field("largestEvidenceLog10", largestEvidenceLog10)
        .field("thresholdLog10", thresholdLog10)
        .field("autocorrelation", autocorrelation)
        .field("autocorrelationError", autocorrelationError)
        .field("effectivePanes", effectivePanes);
    hourShare.ifPresent(share -> json.field("hourShare", share));
    json.field("promisedPerMonth", promisedPerMonth)
        .field("expectedPerMonth", expectedPerMonth)
        .field("simulatedPanes", simulatedPanes)
        .field("blockPanes", blockPanes)
        .field("tested", tested)
        .texts("advice", advice)
        .objects(
            "holdOut",
            points,
            (entry, point) ->
                entry
                    .field("pane", EventTime.format(point.start()))
                    .field("residual", point.residual())
                    .field("evidenceLog10", point.evidenceLog10()));
  }

  /**
   * A hold-out pane.
   *
   * @param start its start, event time in milliseconds
   * @param residual tested residual over the healthy one
   * @param evidenceLog10 decimal logarithm of the evidence after it, in the replay
   */
  public record Point(long start, double residual, double evidenceLog10) {}
}
