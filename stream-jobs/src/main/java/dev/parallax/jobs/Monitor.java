package dev.parallax.jobs;

import dev.parallax.core.Topics;
import dev.parallax.jobs.metrics.FlinkMetrics;
import dev.parallax.jobs.sink.KafkaSinks;
import dev.parallax.jobs.source.BaselineOrders;
import dev.parallax.jobs.source.BaselinesTopic;
import dev.parallax.jobs.source.EventSource;
import dev.parallax.jobs.source.PastBaselines;
import dev.parallax.jobs.source.SourceRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The job at work in this process, in a Flink cluster of its own. */
public final class Monitor implements AutoCloseable {

  static final String JOB_NAME = "parallax-monitor";

  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(20);

  private final MiniCluster cluster;
  private final JobClient job;
  private final CheckpointFolder checkpoints;
  private final Optional<Path> restoredFrom;
  private final Path workDir;
  private final FlinkMetrics metrics;
  private final RestartWatch restarts = new RestartWatch(Clock.systemUTC());

  private Monitor(
      MiniCluster cluster,
      JobClient job,
      CheckpointFolder checkpoints,
      Optional<Path> restoredFrom,
      Path workDir,
      FlinkMetrics metrics) {
    this.cluster = cluster;
    this.job = job;
    this.checkpoints = checkpoints;
    this.restoredFrom = restoredFrom;
    this.workDir = workDir;
    this.metrics = metrics;
  }

  /**
   * Starts monitoring, from the checkpoint that {@link MonitorConfig#restore} says.
   *
   * @param workDir for temporary files of Flink and for savepoints
   * @throws MonitorException if no broker answers, a topic is not there, another process uses the
   *     checkpoints, or the job cannot start, as where a checkpoint is of another version
   */
  public static Monitor start(MonitorConfig config, Path workDir) {
    return start(config, workDir, new FlinkMetrics());
  }

  /**
   * As {@link #start(MonitorConfig, Path)}.
   *
   * @param metrics is told what Flink measures
   */
  public static Monitor start(MonitorConfig config, Path workDir, FlinkMetrics metrics) {
    return start(config, workDir, metrics, events -> events);
  }

  /** Starts monitoring with something between source and job. */
  static Monitor start(
      MonitorConfig config, Path workDir, UnaryOperator<DataStream<SourceRecord>> between) {
    return start(config, workDir, new FlinkMetrics(), between);
  }

  /** As {@link #start(MonitorConfig, Path, UnaryOperator)}, with metrics. */
  static Monitor start(
      MonitorConfig config,
      Path workDir,
      FlinkMetrics metrics,
      UnaryOperator<DataStream<SourceRecord>> between) {
    requireTopics(config);
    CheckpointFolder checkpoints = CheckpointFolder.open(config);
    try {
      Optional<Path> from = checkpoints.checkpoint(config);
      StreamExecutionEnvironment env =
          environment(config, workDir, goingOn(config, from, checkpoints.newRun(from, config)));
      define(env, config, between);
      return start(env, checkpoints, from, workDir, metrics);
    } catch (RuntimeException e) {
      checkpoints.close();
      throw e;
    }
  }

  /** Lays out the live job, wherever it runs, with something between source and job. */
  static void define(
      StreamExecutionEnvironment env,
      MonitorConfig config,
      UnaryOperator<DataStream<SourceRecord>> between) {
    DataStream<SourceRecord> events = between.apply(EventSource.live(env, config));
    PastBaselines past =
        config.restore() instanceof Restore.Nothing
            ? PastBaselines.NONE
            : new BaselinesTopic(config);
    MonitorJob.define(events, BaselineOrders.live(env, config), past, config)
        .sinkTo(KafkaSinks.of(config));
  }

  /** Asks the brokers for every topic of the job before it starts. */
  static void requireTopics(MonitorConfig config) {
    Topics topics = config.topics();
    TopicCheck.run(
        config,
        List.of(
            topics.events(),
            topics.scores(),
            topics.alerts(),
            topics.baselines(),
            topics.deadLetters()));
  }

  private static Monitor start(
      StreamExecutionEnvironment env,
      CheckpointFolder checkpoints,
      Optional<Path> from,
      Path workDir,
      FlinkMetrics metrics) {
    AtomicReference<MiniCluster> cluster = new AtomicReference<>();
    try {
      StreamGraph graph = env.getStreamGraph();
      graph.setJobName(JOB_NAME);
      JobClient job =
          LocalExecutor.createWithFactory(
                  new Configuration(),
                  clusterConfig -> {
                    cluster.set(new WatchedCluster(clusterConfig, metrics));
                    return cluster.get();
                  })
              .execute(graph, attached(env), Monitor.class.getClassLoader())
              .get();
      if (from.isPresent()) {
        RestoredStart.await(cluster.get(), job.getJobID(), from.get());
      }
      return new Monitor(cluster.get(), job, checkpoints, from, workDir, metrics);
    } catch (Exception e) {
      MonitorException failure = notStarted(from, e);
      if (cluster.get() != null) {
        shutDown(cluster.get(), failure);
      }
      throw failure;
    }
  }

  private static MonitorException notStarted(Optional<Path> from, Exception e) {
    if (e instanceof MonitorException told) {
      return told;
    }
    return from.isPresent() && e instanceof ExecutionException
        ? RestoredStart.failure(from.get(), e)
        : new MonitorException("the monitoring job did not start", e);
  }

  private static Configuration attached(StreamExecutionEnvironment env) {
    return new Configuration((Configuration) env.getConfiguration())
        .set(DeploymentOptions.ATTACHED, true);
  }

  private static void shutDown(MiniCluster cluster, MonitorException failure) {
    try {
      await(cluster.closeAsync(), CANCEL_TIMEOUT, "did not shut down");
    } catch (MonitorException e) {
      failure.addSuppressed(e);
    }
  }

  /** A Flink environment in this process that a live job may be defined in. */
  public static StreamExecutionEnvironment localEnvironment(MonitorConfig config, Path workDir) {
    return environment(config, workDir, live(config));
  }

  /**
   * Checkpoints that outlive the process. Whoever goes on from the newest owns it, so that it goes
   * with the first of its own; two of them would be two answers to what was written last.
   */
  static Configuration goingOn(MonitorConfig config, Optional<Path> from, Path run) {
    Configuration flink = live(config);
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, run.toUri().toString());
    flink.set(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR, false);
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    if (from.isPresent()) {
      boolean newest = config.restore() instanceof Restore.Latest;
      SavepointRestoreSettings.toConfiguration(
          SavepointRestoreSettings.forPath(
              from.get().toUri().toString(),
              false,
              newest ? RecoveryClaimMode.CLAIM : RecoveryClaimMode.NO_CLAIM),
          flink);
    }
    return flink;
  }

  private static Configuration live(MonitorConfig config) {
    Configuration flink = new Configuration();
    flink.setString(
        "execution.checkpointing.interval", config.checkpointInterval().toMillis() + " ms");
    flink.setString("execution.checkpointing.mode", "EXACTLY_ONCE");
    flink.setString("execution.checkpointing.dir", config.checkpointDir());
    flink.setString("restart-strategy.type", "exponential-delay");
    flink.setString("restart-strategy.exponential-delay.initial-backoff", "200 ms");
    flink.setString("restart-strategy.exponential-delay.max-backoff", "1 min");
    return flink;
  }

  /**
   * One for a job whose input ends. It takes no checkpoints, for the last of which the end would
   * have to wait, and does not restart: whoever wants the result starts it again.
   */
  public static StreamExecutionEnvironment boundedEnvironment(MonitorConfig config, Path workDir) {
    Configuration flink = new Configuration();
    flink.setString("restart-strategy.type", "disable");
    return environment(config, workDir, flink);
  }

  private static StreamExecutionEnvironment environment(
      MonitorConfig config, Path workDir, Configuration flink) {
    pipeline(flink);
    flink.setString("taskmanager.memory.network.min", "64 mb");
    flink.setString("taskmanager.memory.network.max", "64 mb");
    flink.setString("io.tmp.dirs", workDir.resolve("flink").toString());
    flink.setString("web.tmpdir", workDir.resolve("flink-web").toString());
    flink.setString("rest.bind-address", "127.0.0.1");
    flink.setString("rest.address", "127.0.0.1");
    flink.setString("rest.bind-port", "0");
    flink.setString("classloader.check-leaked-classloader", "false");
    return StreamExecutionEnvironment.createLocalEnvironment(config.parallelism(), flink);
  }

  /** What the job's operators and the layout of its state rely on, wherever it runs. */
  static void pipeline(Configuration flink) {
    flink.setString("pipeline.generic-types", "false");
    flink.setString("pipeline.object-reuse", "true");
    flink.setString("pipeline.max-parallelism", "128");
  }

  /**
   * Ends the input here: closes every pane, writes what is left and stops. Does nothing more once
   * that is done.
   *
   * @throws MonitorException if that fails or takes longer than {@code timeout}, or if the job has
   *     failed or was closed before
   */
  public void drain(Duration timeout) {
    if (!ended().isDone()) {
      CompletableFuture<String> savepoint =
          job.stopWithSavepoint(
              true,
              workDir.resolve("savepoints").toUri().toString(),
              SavepointFormatType.CANONICAL);
      await(savepoint, timeout, "did not drain");
    }
    await(job.getJobExecutionResult(), timeout, "did not finish");
  }

  /** The checkpoint that the job went on from; empty if it began anew. */
  public Optional<Path> restoredFrom() {
    return restoredFrom;
  }

  /**
   * Why the job does not do its work, nor will soon: it has ended, or fails again and again. A job
   * that starts again after a failure now and then is well. Ask every few seconds, or restarts are
   * seen late.
   */
  public Optional<String> whyUnhealthy() {
    return ended().isDone()
        ? Optional.of("the monitoring job has ended")
        : restarts.problem(metrics.restarts());
  }

  /** Why the job does not do its work at this moment. */
  public Optional<String> whyNotReady() {
    return whyUnhealthy()
        .or(() -> allTasksRun() ? Optional.empty() : Optional.of("the monitoring job is starting"));
  }

  private boolean allTasksRun() {
    try {
      return RestoredStart.allRun(
          cluster.getExecutionGraph(job.getJobID()).get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether the job has not ended and does not fail again and again. */
  public boolean isHealthy() {
    return whyUnhealthy().isEmpty();
  }

  /** Completes when the job ends, exceptionally if it fails. */
  public CompletableFuture<Void> done() {
    return job.getJobExecutionResult().thenAccept(result -> {});
  }

  /**
   * Stops at once and waits until no thread and no temporary file is left. Stops nothing once the
   * job has ended.
   *
   * <p>What came after the last checkpoint is neither written nor counted: the process that goes on
   * from there reads it again, as after a crash.
   */
  @Override
  public void close() {
    try {
      CompletableFuture<Void> ended = ended();
      if (!ended.isDone()) {
        job.cancel();
        await(ended, CANCEL_TIMEOUT, "did not stop");
      }
    } finally {
      try {
        await(cluster.closeAsync(), CANCEL_TIMEOUT, "did not shut down");
      } finally {
        checkpoints.close();
      }
    }
  }

  private CompletableFuture<Void> ended() {
    return done().handle((result, failure) -> null);
  }

  private static <T> T await(CompletableFuture<T> future, Duration timeout, String what) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new MonitorException("the monitoring job " + what, e.getCause());
    } catch (TimeoutException e) {
      throw new MonitorException("the monitoring job " + what + " within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MonitorException("interrupted while the monitoring job " + what, e);
    }
  }
}
