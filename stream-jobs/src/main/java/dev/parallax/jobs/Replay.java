package dev.parallax.jobs;

import dev.parallax.jobs.sink.OutRecord;
import dev.parallax.jobs.source.BaselineOrders;
import dev.parallax.jobs.source.BaselinesTopic;
import dev.parallax.jobs.source.EventSource;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;

/**
 * The same job over all events that a topic holds, with the same operators and no alerts: history
 * scored again.
 *
 * <p>It starts from the first event, since a score depends on the baseline before it. What people
 * decided about baselines is read from the baselines topic, if there is one, and holds from the
 * event time at which it did.
 */
public final class Replay {

  private Replay() {}

  /**
   * Scores the events topic again and returns when its end is reached.
   *
   * @param config settings, as those of the live job
   * @param workDir for temporary files of Flink
   * @param scores is given every score, in no particular order between series
   * @throws MonitorException if no broker answers, there is no such topic, or the job fails
   */
  @SuppressWarnings("try") // Closing may be interrupted, which is a failure like any other here.
  public static void run(MonitorConfig config, Path workDir, Consumer<OutRecord> scores) {
    TopicCheck.run(config, List.of(config.topics().events()));
    StreamExecutionEnvironment env = Monitor.boundedEnvironment(config, workDir);
    MonitorJob.Results results =
        MonitorJob.define(
            EventSource.replay(env, config),
            BaselineOrders.none(env),
            new BaselinesTopic(config),
            config);
    Sink<OutRecord> nowhere = new DiscardingSink<>();
    results.baselines().sinkTo(nowhere).name("baselines").uid("baselines");
    results.deadLetters().sinkTo(nowhere).name("dead-letters").uid("dead-letters");
    try (CloseableIterator<OutRecord> iterator =
        results.scores().executeAndCollect("parallax-replay")) {
      iterator.forEachRemaining(scores);
    } catch (Exception e) {
      throw new MonitorException("the replay failed", e);
    }
  }
}
