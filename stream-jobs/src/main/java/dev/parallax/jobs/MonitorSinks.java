package dev.parallax.jobs;

import dev.parallax.jobs.sink.OutRecord;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Where the job's results go. A replay has no alerts.
 *
 * @param scores scores
 * @param alerts changes of verdict
 * @param baselines what became of baselines
 * @param deadLetters what was turned away
 */
public record MonitorSinks(
    Sink<OutRecord> scores,
    Optional<Sink<OutRecord>> alerts,
    Sink<OutRecord> baselines,
    Sink<OutRecord> deadLetters) {}
