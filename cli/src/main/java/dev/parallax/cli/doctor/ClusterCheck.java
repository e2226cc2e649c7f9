package dev.parallax.cli.doctor;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.cli.kafka.Cluster;
import dev.parallax.cli.kafka.TopicReport;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Examines the brokers: whether they answer, hold the topics, and agree on the time. */
final class ClusterCheck {

  /** Events further ahead than this are turned away, so a clock that is off by it costs data. */
  private static final Duration MOST_SKEW = Duration.ofSeconds(5);

  private ClusterCheck() {}

  static List<Finding> run(ParallaxConfig config) {
    List<Finding> findings = new ArrayList<>();
    try (Brokers brokers = Brokers.connect(config.kafka())) {
      Cluster cluster = Cluster.describe(brokers, Clock.systemUTC());
      findings.add(
          Finding.ok(
              "brokers",
              String.format(
                  "%d at %s, answer in %d ms",
                  cluster.brokers(),
                  config.kafka().bootstrapServers(),
                  cluster.answeredIn().toMillis())));
      findings.add(topics(config, brokers));
      findings.add(clock(cluster));
    } catch (CliException e) {
      findings.add(
          Finding.fail(
              "brokers",
              String.valueOf(e.getMessage()),
              "start Kafka, or correct kafka.bootstrap-servers"));
    }
    return findings;
  }

  private static Finding topics(ParallaxConfig config, Brokers brokers) {
    TopicReport report = TopicReport.of(brokers, config);
    if (!report.missing().isEmpty()) {
      return Finding.fail(
          "topics", "missing: " + String.join(", ", report.missing()), "run parallax topics");
    }
    if (!report.unfit().isEmpty()) {
      return Finding.fail(
          "topics", String.join("; ", report.unfit()), "change their settings or rename them");
    }
    return Finding.ok("topics", "all there");
  }

  private static Finding clock(Cluster cluster) {
    if (cluster.clockSkew().isEmpty()) {
      return Finding.skipped("clock", "these brokers do not tell their time");
    }
    Duration skew = cluster.clockSkew().get();
    String detail = String.format("brokers %+d ms from this machine", skew.toMillis());
    return skew.abs().compareTo(MOST_SKEW) > 0
        ? Finding.warn("clock", detail, "synchronise both with NTP: event times decide panes")
        : Finding.ok("clock", detail);
  }
}
