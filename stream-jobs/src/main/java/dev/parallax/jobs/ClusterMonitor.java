package dev.parallax.jobs;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job of {@link Monitor} on a Flink cluster of its own. Its JobManager defines it (application
 * mode), and goes on from the newest checkpoint as a process with {@link Monitor} would: the folder
 * of checkpoints is one that all processes of the cluster share, and holds all that a new
 * JobManager needs to know.
 */
public final class ClusterMonitor {

  private ClusterMonitor() {}

  /**
   * Runs the job in the environment that the cluster gives this thread, until the job ends. The
   * checkpoints are held for as long.
   *
   * <p>A task that cannot read its state is started again and again, unlike that of {@link
   * Monitor}: tasks wait for TaskManagers here, and a failure says nothing about the next try.
   *
   * @throws MonitorException if no broker answers, a topic is not there, another process uses the
   *     checkpoints, or the job cannot start or has failed for good
   */
  public static void run(MonitorConfig config) throws InterruptedException {
    Monitor.requireTopics(config);
    try (CheckpointFolder checkpoints = CheckpointFolder.open(config)) {
      Optional<Path> from = checkpoints.checkpoint(config);
      Configuration flink = Monitor.goingOn(config, from, checkpoints.newRun(from, config));
      Monitor.pipeline(flink);
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
      env.setParallelism(config.parallelism());
      Monitor.define(env, config, UnaryOperator.identity());
      awaitEnd(submit(env, from));
    }
  }

  private static JobClient submit(StreamExecutionEnvironment env, Optional<Path> from) {
    try {
      return env.executeAsync(Monitor.JOB_NAME);
    } catch (Exception e) {
      throw from.map(checkpoint -> RestoredStart.failure(checkpoint, e))
          .orElseGet(() -> new MonitorException("the monitoring job did not start", e));
    }
  }

  private static void awaitEnd(JobClient job) throws InterruptedException {
    try {
      job.getJobExecutionResult().get();
    } catch (ExecutionException e) {
      throw new MonitorException("the monitoring job has ended", e.getCause());
    }
  }
}
