package dev.parallax.exporter.feed;

import dev.parallax.exporter.fleet.RecordOutcome;
import java.util.Map;
import java.util.Optional;

/**
 * How the reading of the topics goes.
 *
 * @param running whether it has been started and has not stopped
 * @param connected whether the brokers answered lately
 * @param caughtUp whether everything that was on the topics at the start has been read
 * @param problem why it is not connected or not caught up, where there is a reason
 * @param scores records of the scores topic by outcome, every outcome present
 * @param alerts records of the alerts topic by outcome, every outcome present
 * @param baselines records of the baselines topic by outcome, every outcome present
 */
public record FeedStatus(
    boolean running,
    boolean connected,
    boolean caughtUp,
    Optional<String> problem,
    Map<RecordOutcome, Long> scores,
    Map<RecordOutcome, Long> alerts,
    Map<RecordOutcome, Long> baselines) {

  /** Copies the maps. */
  public FeedStatus {
    scores = Map.copyOf(scores);
    alerts = Map.copyOf(alerts);
    baselines = Map.copyOf(baselines);
  }
}
