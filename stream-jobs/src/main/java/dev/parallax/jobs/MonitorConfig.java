package dev.parallax.jobs;

import dev.parallax.core.Topics;
import dev.parallax.core.drift.ArmingRule;
import dev.parallax.core.drift.TrackerSettings;
import dev.parallax.core.fleet.FleetSettings;
import dev.parallax.core.json.CanonicalJson;
import dev.parallax.core.window.PaneLength;
import dev.parallax.jobs.reference.FurtherReference;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.jobs.sample.SampleSettings;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Settings of the monitoring job.
 *
 * @param bootstrapServers Kafka brokers, {@code host:port} separated by commas
 * @param clientProperties further properties of Kafka clients
 * @param topics names of the topics
 * @param groupId consumer group and prefix of transactional ids
 * @param pane length of a pane
 * @param windowPanes panes of the rolling window
 * @param sampleSize most pairs of a pane
 * @param lateness how far events of a partition may come out of order
 * @param idleTimeout after how long without events a partition no longer holds time back
 * @param silentAfter how long a series may send nothing
 * @param seed of sampling and strata
 * @param baseline how a baseline is learnt
 * @param detector what rise is worth a page
 * @param fleet how many pages there may be, over all series
 * @param slices which parts of the traffic are tracked on their own
 * @param probeTolerance largest mean of {@code 1 − cos} of probes that is let pass
 * @param reference the reference space that all models share
 * @param further what models are compared with beside it
 * @param provider ONNX Runtime execution provider of the scoring graphs, {@code cpu} or {@code
 *     cuda[:N]}
 * @param parallelism of the job
 * @param checkpointInterval between checkpoints, after which scores become visible
 * @param checkpointDir where checkpoints go, a URI
 * @param restore what of them a process takes up when it starts
 */
public record MonitorConfig(
    String bootstrapServers,
    Map<String, String> clientProperties,
    Topics topics,
    String groupId,
    Duration pane,
    int windowPanes,
    int sampleSize,
    Duration lateness,
    Duration idleTimeout,
    Duration silentAfter,
    long seed,
    BaselineSettings baseline,
    DetectorSettings detector,
    FleetSettings fleet,
    SliceSettings slices,
    double probeTolerance,
    ReferenceSettings reference,
    List<FurtherReference> further,
    String provider,
    int parallelism,
    Duration checkpointInterval,
    String checkpointDir,
    Restore restore)
    implements Serializable {

  /** Lets a change such as that to eight-bit weights pass, a mean cosine of 0.985 or more. */
  public static final double PROBE_TOLERANCE = 0.015;

  /** Checks every setting. */
  public MonitorConfig {
    clientProperties = Map.copyOf(clientProperties);
    further = List.copyOf(further);
    Set<String> ids = new HashSet<>(Set.of(reference.id()));
    for (FurtherReference other : further) {
      if (!ids.add(other.space().id())) {
        throw new IllegalArgumentException(
            "references." + other.space().id() + ": expected an id that no other reference has");
      }
    }
    if (parallelism < 1) {
      throw new IllegalArgumentException(
          "monitor.parallelism=" + parallelism + ": expected 1 or more");
    }
    if (checkpointInterval.toMillis() < 10) {
      throw new IllegalArgumentException(
          "monitor.checkpoint-interval=" + checkpointInterval + ": expected 10 ms or more");
    }
    if (!(probeTolerance >= 0 && probeTolerance < 1)) {
      throw new IllegalArgumentException(
          "monitor.probes.tolerance=" + probeTolerance + ": expected 0 or more and less than 1");
    }
    new SampleSettings(pane.toMillis(), lateness.toMillis(), sampleSize, seed);
    trackerOf(pane, windowPanes, baseline, detector, fleet, silentAfter, seed);
  }

  /** How panes are cut and sampled. */
  public SampleSettings sample() {
    return new SampleSettings(pane.toMillis(), lateness.toMillis(), sampleSize, seed);
  }

  /** How series are tracked. */
  public TrackerSettings tracker() {
    return trackerOf(pane, windowPanes, baseline, detector, fleet, silentAfter, seed);
  }

  /** How slices are tracked: as series are, with fewer pairs. */
  public TrackerSettings sliceTracker() {
    return trackerOf(
        pane,
        windowPanes,
        baseline.withMinPairs(slices.minPairs()),
        detector,
        fleet,
        silentAfter,
        seed);
  }

  private static TrackerSettings trackerOf(
      Duration pane,
      int windowPanes,
      BaselineSettings baseline,
      DetectorSettings detector,
      FleetSettings fleet,
      Duration silentAfter,
      long seed) {
    int fitPanes = baseline.panes() / 2;
    PaneLength paneLength = new PaneLength(pane);
    return new TrackerSettings(
        paneLength,
        windowPanes,
        baseline.minPairs(),
        fitPanes,
        baseline.panes() - fitPanes,
        baseline.strata(),
        baseline.ridge(),
        detector.margin(),
        detector.floor(),
        fleet.budget().panesBetweenFalsePages(paneLength),
        silentAfter,
        seed,
        baseline.arming());
  }

  /** SHA-256 of the settings that scores depend on, the first 12 hexadecimal digits. */
  public String digest() {
    byte[] settings =
        CanonicalJson.objectBytes(
            json ->
                json.field("pane", pane.toMillis())
                    .field("windowPanes", windowPanes)
                    .field("sampleSize", sampleSize)
                    .field("lateness", lateness.toMillis())
                    .field("silentAfter", silentAfter.toMillis())
                    .field("seed", seed)
                    .field("baselinePanes", baseline.panes())
                    .field("minPairs", baseline.minPairs())
                    .field("strata", baseline.strata())
                    .field("ridge", baseline.ridge())
                    .field("approval", baseline.arming().approval().name())
                    .field("leastHoldOutPanes", baseline.arming().leastHoldOutPanes())
                    .field("margin", detector.margin())
                    .field("floor", detector.floor())
                    .field("pages", fleet.budget().pages())
                    .field("pagesPer", fleet.budget().per().toMillis())
                    .field("commonCauseShare", fleet.commonCauseShare())
                    .field("commonCauseLeast", fleet.commonCauseLeast())
                    .field("commonCauseTicks", fleet.commonCauseTicks())
                    .field("slices", String.join(",", slices.attributes()))
                    .field("sliceValues", slices.values())
                    .field("sliceMinPairs", slices.minPairs())
                    .field("probeTolerance", probeTolerance)
                    .field("further", furtherText()));
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(settings);
      return HexFormat.of().formatHex(digest).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Which models are compared with what besides, in a fixed order. */
  private String furtherText() {
    return further.stream()
        .map(other -> other.space().digest() + new TreeSet<>(other.models()))
        .collect(Collectors.joining(","));
  }

  /** This configuration with another window, for comparing. */
  public MonitorConfig withWindowPanes(int panes) {
    return new MonitorConfig(
        bootstrapServers,
        clientProperties,
        topics,
        groupId,
        pane,
        panes,
        sampleSize,
        lateness,
        idleTimeout,
        silentAfter,
        seed,
        baseline,
        detector,
        fleet,
        slices,
        probeTolerance,
        reference,
        further,
        provider,
        parallelism,
        checkpointInterval,
        checkpointDir,
        restore);
  }

  /**
   * How a baseline is learnt.
   *
   * @param panes panes of the baseline, half to fit on and half to measure on
   * @param minPairs fewest pairs of a pane that is learnt from or tested
   * @param strata number of strata
   * @param ridge relative penalty of the translation's fit
   * @param arming when a collected one is armed
   */
  public record BaselineSettings(
      int panes, int minPairs, int strata, double ridge, ArmingRule arming)
      implements Serializable {

    /** 200 panes of at least 512 pairs, 16 strata, ridge 0.01, armed within the budget. */
    public static final BaselineSettings DEFAULT =
        new BaselineSettings(200, 512, 16, 0.01, ArmingRule.DEFAULT);

    /** Checks that both halves can be used. */
    public BaselineSettings {
      if (panes < 4) {
        throw new IllegalArgumentException(
            "monitor.baseline.panes=" + panes + ": expected 4 or more");
      }
    }

    /** The same for panes with fewer pairs. */
    BaselineSettings withMinPairs(int pairs) {
      return new BaselineSettings(panes, pairs, strata, ridge, arming);
    }
  }

  /**
   * Which parts of a model's traffic are series of their own.
   *
   * @param attributes names of the attributes that events are told apart by
   * @param values most values of an attribute that are tracked
   * @param minPairs fewest pairs of a slice's pane that is learnt from or tested
   */
  public record SliceSettings(List<String> attributes, int values, int minPairs)
      implements Serializable {

    /** Most attributes. */
    public static final int MAX_ATTRIBUTES = 4;

    /** No slices; of those that are asked for, 20 values with at least 128 pairs. */
    public static final SliceSettings NONE = new SliceSettings(List.of(), 20, 128);

    /** Checks every setting. */
    public SliceSettings {
      attributes = List.copyOf(attributes);
      if (attributes.size() > MAX_ATTRIBUTES
          || Set.copyOf(attributes).size() < attributes.size()
          || attributes.stream().anyMatch(name -> name.isBlank() || name.contains("="))) {
        throw new IllegalArgumentException(
            "monitor.slices="
                + attributes
                + ": expected at most "
                + MAX_ATTRIBUTES
                + " different names of attributes, without '='");
      }
      if (values < 1) {
        throw new IllegalArgumentException(
            "monitor.slice-values=" + values + ": expected 1 or more");
      }
      if (minPairs < 1) {
        throw new IllegalArgumentException(
            "monitor.slice-min-pairs=" + minPairs + ": expected 1 or more");
      }
    }
  }

  /**
   * What rise of a series is worth a page.
   *
   * @param margin smallest rise of the residual worth a page, relative to the baseline's
   * @param floor smallest rise worth a page, absolute (rows have norm 1)
   */
  public record DetectorSettings(double margin, double floor) implements Serializable {

    /** A rise of 5% and of 0.001. */
    public static final DetectorSettings DEFAULT = new DetectorSettings(0.05, 0.001);
  }
}
