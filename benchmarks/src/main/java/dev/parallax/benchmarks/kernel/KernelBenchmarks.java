package dev.parallax.benchmarks.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs the kernel benchmarks and prints each as a ratio to the matrix products of the same run.
 *
 * <p>Kernel and products take turns in rounds, each in a process of its own, and the fastest call
 * of all rounds counts: on a shared machine that is the one that was disturbed least. A kernel
 * whose answer is wrong fails the run.
 */
@Command(
    name = "benchmarks/jmh",
    mixinStandardHelpOptions = true,
    description = "Kernels against the bare matrix products of the same arithmetic.")
public final class KernelBenchmarks implements Callable<Integer> {

  /** Bytes a call allocated on the heap, as the profiler names it. */
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** What can be measured. */
  enum Kernel {
    panes(PaneScoreBenchmark.class, "graph", PaneScoreBenchmark.PAIRS + " pairs a pane"),
    neighbours(NeighboursBenchmark.class, "graph", "1,024 pairs, k = 10"),
    encoders(EncoderBenchmark.class, "encode", "texts");

    private final Class<?> benchmark;
    private final String timed;
    private final String unit;

    Kernel(Class<?> benchmark, String timed, String unit) {
      this.benchmark = benchmark;
      this.timed = timed;
      this.unit = unit;
    }
  }

  @Parameters(arity = "0..*", description = "which of ${COMPLETION-CANDIDATES}; all if none")
  private List<Kernel> kernels = List.of();

  @Option(names = "--rounds", defaultValue = "3", description = "turns of kernel and products")
  private int rounds;

  @Option(names = "--iterations", defaultValue = "5", description = "counted, of 500 ms each")
  private int iterations;

  private KernelBenchmarks() {}

  /** Runs the benchmarks. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new KernelBenchmarks()).execute(args));
  }

  @Override
  public Integer call() throws RunnerException {
    System.out.printf(
        "Java %s, %s, %d processors; one thread a kernel%n",
        System.getProperty("java.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
    for (Kernel kernel : kernels.isEmpty() ? List.of(Kernel.values()) : kernels) {
      report(kernel, measure(kernel));
    }
    return 0;
  }

  /** By parameters, then by method, in the order of the benchmark. */
  private Map<String, Map<String, Best>> measure(Kernel kernel) throws RunnerException {
    Map<String, Map<String, Best>> best = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (RunResult result : new Runner(options(kernel).build()).run()) {
        String parameters =
            String.join(
                ", ",
                result.getParams().getParamsKeys().stream()
                    .map(key -> key + " " + result.getParams().getParam(key))
                    .toList());
        best.computeIfAbsent(parameters, p -> new TreeMap<>())
            .computeIfAbsent(result.getPrimaryResult().getLabel(), method -> new Best())
            .add(result);
      }
    }
    return best;
  }

  private ChainedOptionsBuilder options(Kernel kernel) {
    return new OptionsBuilder()
        .include(kernel.benchmark.getName())
        .addProfiler(GCProfiler.class)
        .addProfiler(ProcessorTime.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .jvmArgsAppend("-Xms1g", "-Xmx1g")
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.milliseconds(300))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.milliseconds(500));
  }

  private static void report(Kernel kernel, Map<String, Map<String, Best>> best) {
    List<String> others = new ArrayList<>(best.values().iterator().next().keySet());
    others.remove(kernel.timed);
    List<String> columns = new ArrayList<>(List.of("parameters", kernel.timed + " µs"));
    for (String other : others) {
      columns.add(other + " µs");
      columns.add(other + " / " + kernel.timed);
    }
    columns.add("heap bytes a call: first, last");
    System.out.printf("%n### %s (%s)%n%n", kernel, kernel.unit);
    print(columns);
    System.out.println("|" + "---|".repeat(columns.size()));
    best.forEach((parameters, methods) -> print(row(kernel, others, parameters, methods)));
  }

  private static List<String> row(
      Kernel kernel, List<String> others, String parameters, Map<String, Best> methods) {
    Best timed = Objects.requireNonNull(methods.get(kernel.timed));
    List<String> cells = new ArrayList<>(List.of(parameters, number("%,.0f", timed.micros)));
    for (String other : others) {
      double micros = Objects.requireNonNull(methods.get(other)).micros;
      cells.add(number("%,.0f", micros));
      cells.add(number("%.2f", micros / timed.micros));
    }
    cells.add(
        number("%,.0f", timed.allocated.get(0))
            + ", "
            + number("%,.0f", timed.allocated.get(timed.allocated.size() - 1)));
    return cells;
  }

  private static void print(List<String> cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** The least time of one method, and what a call allocated in each iteration. */
  private static final class Best {

    private final List<Double> allocated = new ArrayList<>();
    private double micros = Double.POSITIVE_INFINITY;

    void add(RunResult result) {
      for (IterationResult iteration : result.getAggregatedResult().getIterationResults()) {
        micros = Math.min(micros, secondary(iteration, ProcessorTime.NAME));
        allocated.add(secondary(iteration, ALLOCATED));
      }
    }

    private static double secondary(IterationResult iteration, String name) {
      return Objects.requireNonNull(iteration.getSecondaryResults().get(name)).getScore();
    }
  }
}
