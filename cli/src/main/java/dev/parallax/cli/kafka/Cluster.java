package dev.parallax.cli.kafka;

import dev.parallax.cli.CliException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.QuorumInfo.ReplicaState;
import org.apache.kafka.common.errors.ApiException;

/**
 * A cluster that answers.
 *
 * @param brokers number of its brokers
 * @param answeredIn how long the answer took
 * @param clockSkew how far the clock of its controller is ahead of ours, to within the time of an
 *     answer; empty where it does not tell
 */
public record Cluster(int brokers, Duration answeredIn, Optional<Duration> clockSkew) {

  /**
   * Asks a cluster about itself.
   *
   * @throws CliException if it does not answer
   */
  public static Cluster describe(Brokers brokers, Clock clock) {
    Instant asked = clock.instant();
    int nodes = brokers.answer(brokers.admin().describeCluster().nodes()).size();
    Duration answeredIn = Duration.between(asked, clock.instant());
    return new Cluster(nodes, answeredIn, clockSkew(brokers, clock));
  }

  /**
   * The controller that leads says when its own log was last up to date, which is the moment of the
   * answer by its clock. Needs the right to describe the cluster.
   */
  private static Optional<Duration> clockSkew(Brokers brokers, Clock clock) {
    Instant asked = clock.instant();
    QuorumInfo quorum;
    try {
      quorum = brokers.answer(brokers.admin().describeMetadataQuorum().quorumInfo());
    } catch (CliException e) {
      if (e.getCause() instanceof ApiException) {
        return Optional.empty();
      }
      throw e;
    }
    Instant answered = clock.instant();
    Instant middle = asked.plus(Duration.between(asked, answered).dividedBy(2));
    return quorum.voters().stream()
        .filter(voter -> voter.replicaId() == quorum.leaderId())
        .map(ReplicaState::lastCaughtUpTimestamp)
        .filter(OptionalLong::isPresent)
        .map(time -> Duration.between(middle, Instant.ofEpochMilli(time.getAsLong())))
        .findFirst();
  }
}
