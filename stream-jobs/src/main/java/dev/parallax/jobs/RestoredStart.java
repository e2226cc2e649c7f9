package dev.parallax.jobs;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * The start of a job from a checkpoint. A task that cannot read its state would be started again
 * for ever; here its first failure ends the start.
 */
final class RestoredStart {

  private static final long LOOK_AGAIN_MILLIS = 20;

  private RestoredStart() {}

  /**
   * Waits until every task has its state and runs.
   *
   * @throws MonitorException if one fails before
   */
  static void await(MiniCluster cluster, JobID job, Path checkpoint) throws InterruptedException {
    AccessExecutionGraph graph = graph(cluster, job, checkpoint);
    while (graph.getFailureInfo() == null && !allRun(graph)) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
      graph = graph(cluster, job, checkpoint);
    }
    ErrorInfo failure = graph.getFailureInfo();
    if (failure != null) {
      throw failure(checkpoint, failure.getException());
    }
  }

  /** What to say when a job does not start from a checkpoint. */
  static MonitorException failure(Path checkpoint, Throwable cause) {
    Throwable innermost = cause;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return new MonitorException(
        "the monitoring job cannot go on from checkpoint "
            + checkpoint
            + "; if it is of another version, monitor.restore=none starts afresh, with new"
            + " baselines: "
            + innermost.getMessage(),
        cause);
  }

  private static AccessExecutionGraph graph(MiniCluster cluster, JobID job, Path checkpoint)
      throws InterruptedException {
    try {
      return cluster.getExecutionGraph(job).get();
    } catch (ExecutionException e) {
      throw failure(checkpoint, e.getCause());
    }
  }

  /** Whether every task runs, with its state. */
  static boolean allRun(AccessExecutionGraph graph) {
    for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
      if (task.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }
}
