package dev.parallax.cli.config;

import dev.parallax.core.drift.ArmingRule;
import dev.parallax.core.fleet.FleetSettings;
import dev.parallax.jobs.Restore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the job.
 *
 * @param applicationId consumer group and prefix of transactions
 * @param host address that the job listens on where it runs alone
 * @param port its port; 0 for any free one
 * @param webConfigFile TLS and passwords of its server
 * @param pane length of a pane
 * @param windowPanes panes of the rolling window
 * @param sampleSize most pairs kept of a pane
 * @param lateness how late an event may come
 * @param idleTimeout when a quiet partition stops holding back the others
 * @param parallelism slots
 * @param checkpointInterval how often state is saved
 * @param checkpointDir where; empty for a temporary folder
 * @param restore what a start goes on from
 * @param seed seed of the sample
 * @param silentAfter when a series without events is called silent
 * @param baseline how a baseline is made
 * @param detector what rise is worth a page
 * @param fleet how many pages there may be, over all models
 * @param slices which parts of the traffic are tracked on their own
 * @param probeTolerance largest mean of {@code 1 − cos} of probes that is let pass
 */
public record MonitorSection(
    String applicationId,
    String host,
    int port,
    Optional<Path> webConfigFile,
    Duration pane,
    int windowPanes,
    int sampleSize,
    Duration lateness,
    Duration idleTimeout,
    int parallelism,
    Duration checkpointInterval,
    Optional<Path> checkpointDir,
    Restore restore,
    long seed,
    Duration silentAfter,
    Baseline baseline,
    Detector detector,
    FleetSettings fleet,
    Slices slices,
    double probeTolerance) {

  /**
   * How a baseline is made.
   *
   * @param panes panes that make it
   * @param minPairs fewest pairs of a pane that is learnt from or tested
   * @param strata groups of alike inputs
   * @param ridge relative penalty of the translation's fit
   * @param arming when a collected one is armed
   */
  public record Baseline(int panes, int minPairs, int strata, double ridge, ArmingRule arming) {}

  /**
   * What rise is worth a page.
   *
   * @param margin smallest rise worth one, relative to the baseline residual
   * @param floor smallest rise worth one, absolute
   */
  public record Detector(double margin, double floor) {}

  /**
   * Which parts of a model's traffic are series of their own.
   *
   * @param attributes names of the attributes that tell them apart
   * @param values most values of an attribute that are tracked
   * @param minPairs fewest pairs of a slice's pane that is learnt from or tested
   */
  public record Slices(List<String> attributes, int values, int minPairs) {

    /** Copies the names. */
    public Slices {
      attributes = List.copyOf(attributes);
    }
  }

  /** Checks what one key alone cannot tell. */
  public MonitorSection {
    if (silentAfter.compareTo(pane) < 0) {
      throw new IllegalArgumentException(
          "monitor.silent-after=" + silentAfter + ": expected monitor.pane=" + pane + " or more");
    }
  }
}
