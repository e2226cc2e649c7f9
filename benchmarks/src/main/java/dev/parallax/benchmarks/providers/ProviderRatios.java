package dev.parallax.benchmarks.providers;

import dev.parallax.benchmarks.providers.Workload.Prepared;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.runtime.ExecutionProvider;
import dev.parallax.onnx.runtime.OnnxProvenance;
import dev.parallax.onnx.runtime.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Texts/s of every bundled encoder by the size of a call, as ratios to one text a call, and, where
 * there is a second provider, its speed over that of the processor.
 *
 * <p>Compared things take turns in one process. Before anything is timed the second provider's
 * answers are held to the processor's; a difference beyond rounding fails the benchmark.
 */
@CommandLine.Command(
    name = "benchmarks/providers",
    mixinStandardHelpOptions = true,
    description = "Speed by the size of a call, and of a GPU over the processor.")
public final class ProviderRatios implements Callable<Integer> {

  private static final List<Integer> TEXTS_A_CALL = List.of(1, 8, 32, 64);

  @Option(names = "--against", description = "a second provider, such as cuda:0")
  private String against = "";

  @Option(names = "--threads", defaultValue = "1", description = "threads on the processor")
  private int threads;

  @Option(names = "--rounds", defaultValue = "5", description = "counted turns of each")
  private int rounds;

  @Option(names = "--seconds", defaultValue = "1", description = "length of a turn")
  private double seconds;

  private ProviderRatios() {}

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ProviderRatios()).execute(args));
  }

  @Override
  public Integer call() {
    SessionSettings processor = new SessionSettings(ExecutionProvider.CPU, threads);
    Turns turns = new Turns(rounds, seconds);
    System.out.println(OnnxProvenance.of(processor));
    callSizes(processor, turns);
    if (!against.isEmpty()) {
      providers(processor, SessionSettings.on(ExecutionProvider.parse(against)), turns);
    }
    return 0;
  }

  private static void callSizes(SessionSettings settings, Turns turns) {
    System.out.println("| encoder | texts/s, 1 a call | 8 a call | 32 a call | 64 a call |");
    System.out.println("|---|---|---|---|---|");
    for (String encoder : BundledEncoders.ids()) {
      List<Prepared> sizes = new ArrayList<>();
      try {
        TEXTS_A_CALL.forEach(texts -> sizes.add(new Encode(encoder, texts).open(settings)));
        double[] rates = turns.itemsPerSecond(sizes);
        System.out.printf(
            "| %s | %.0f | %.2f | %.2f | %.2f |%n",
            encoder, rates[0], rates[1] / rates[0], rates[2] / rates[0], rates[3] / rates[0]);
      } finally {
        sizes.forEach(Prepared::close);
      }
    }
  }

  private static void providers(SessionSettings processor, SessionSettings other, Turns turns) {
    System.out.println(OnnxProvenance.of(other));
    System.out.printf("| workload | cpu, items/s | %s / cpu |%n", other.provider());
    System.out.println("|---|---|---|");
    for (Workload workload : workloads()) {
      if (workload.processorOnly()) {
        continue;
      }
      try (Prepared here = workload.open(processor);
          Prepared there = workload.open(other)) {
        requireEqual(workload, here.call(), there.call());
        double[] rates = turns.itemsPerSecond(List.of(here, there));
        System.out.printf("| %s | %.0f | %.2f |%n", workload.name(), rates[0], rates[1] / rates[0]);
      }
    }
  }

  private static List<Workload> workloads() {
    List<Workload> workloads = new ArrayList<>();
    for (int pairs : new int[] {64, 1024, 8192}) {
      workloads.add(new PaneScore(pairs, 384, 384));
      workloads.add(new PaneScore(pairs, 768, 384));
      workloads.add(new PaneScore(pairs, 1536, 768));
    }
    for (String encoder : BundledEncoders.ids()) {
      TEXTS_A_CALL.forEach(texts -> workloads.add(new Encode(encoder, texts)));
    }
    return workloads;
  }

  private static void requireEqual(Workload workload, double[] expected, double[] found) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= workload.tolerance())) {
        throw new IllegalStateException(
            workload.name() + ": expected " + expected[i] + " at " + i + ", got " + found[i]);
      }
    }
  }
}
