package dev.parallax.benchmarks.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time of a call, in microseconds: that of all threads of Java over the calls of an
 * iteration.
 *
 * <p>Kernels here run on the thread that calls them, so on an idle machine this is the elapsed
 * time; on a shared one it leaves out the turns of others. Compilation and collection, which have
 * threads of their own, are left out too. Not final, and public, because the harness makes it by
 * name.
 */
public class ProcessorTime implements InternalProfiler {

  /** Name of the figure among the results of an iteration. */
  static final String NAME = "cpu.norm";

  /** Threads are timed to the nanosecond; the process as a whole only to ticks of 10 ms. */
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private long before;

  /** For the harness. */
  public ProcessorTime() {}

  @Override
  public String getDescription() {
    return "processor time of the threads of Java for each call";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = nanos();
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double micros = (nanos() - before) / 1e3;
    long calls = result.getMetadata().getAllOps();
    return List.of(new ScalarResult(NAME, micros / calls, "us/op", AggregationPolicy.AVG));
  }

  private long nanos() {
    return Arrays.stream(threads.getAllThreadIds())
        .map(threads::getThreadCpuTime)
        .filter(time -> time > 0)
        .sum();
  }
}
