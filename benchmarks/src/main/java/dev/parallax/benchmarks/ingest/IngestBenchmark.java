package dev.parallax.benchmarks.ingest;

import dev.parallax.cli.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Records/s of ingest's topology against a bare consume-transform-produce loop over the same topic,
 * both exactly once, in this process with an embedded broker; they take turns, and the figure is
 * the ratio of the medians. With {@code --soak}, the resident memory of ingest over time instead.
 */
@CommandLine.Command(
    name = "benchmarks/ingest",
    mixinStandardHelpOptions = true,
    description = "Records/s of ingest against a bare exactly-once loop, or its memory over time.")
public final class IngestBenchmark implements Callable<Integer> {

  @Option(names = "--records", defaultValue = "200000")
  private int records;

  @Option(names = "--dimension", defaultValue = "768")
  private int dimension;

  @Option(
      names = "--pairs",
      defaultValue = "5",
      description = "counted pairs, after one to warm up")
  private int pairs;

  @Option(names = "--profile", description = "show where the threads of ingest spend their time")
  private boolean profile;

  @Option(names = "--soak", description = "how long to watch the memory, such as 10m")
  private @Nullable String soak;

  @Option(names = "--calls-per-second", defaultValue = "500", description = "of the soak")
  private int callsPerSecond;

  private IngestBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new IngestBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    System.out.printf(
        "java %s, %s, %d processors%n",
        System.getProperty("java.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
    try (EmbeddedKafka kafka = EmbeddedKafka.temporary()) {
      Source source = new Source(kafka.bootstrapServers(), records, dimension);
      if (soak != null) {
        return new Soak(source, Duration.parse("PT" + soak), callsPerSecond).run() ? 0 : 1;
      }
      source.publish();
      compare(source);
    }
    return 0;
  }

  private void compare(Source source) throws Exception {
    double[] bare = new double[pairs];
    double[] ingest = new double[pairs];
    for (int pair = -1; pair < pairs; pair++) {
      double bareSeconds = bareSeconds(source, pair);
      double ingestSeconds = ingestSeconds(source, pair);
      System.err.printf(
          Locale.ROOT,
          "bare %,.0f/s, ingest %,.0f/s, ratio %.2f%s%n",
          records / bareSeconds,
          records / ingestSeconds,
          bareSeconds / ingestSeconds,
          pair < 0 ? " (warm-up)" : "");
      if (pair >= 0) {
        bare[pair] = records / bareSeconds;
        ingest[pair] = records / ingestSeconds;
      }
    }
    double[] ratios = IntStream.range(0, pairs).mapToDouble(i -> ingest[i] / bare[i]).toArray();
    System.out.printf(
        Locale.ROOT,
        "%,d records of %d dimensions: ingest / bare %.2f, the median of the pairs %s%n",
        records,
        dimension,
        median(ratios),
        Arrays.stream(ratios)
            .mapToObj(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
            .collect(Collectors.joining(" ")));
    if (profile) {
      StageProfile stages = new StageProfile();
      ingestSeconds(source, pairs);
      stages.print(System.out);
    }
  }

  private static double bareSeconds(Source source, int pair) throws Exception {
    String to = "bare-" + pair;
    source.createTopics(to);
    double seconds = BareLoop.seconds(source, to, to);
    source.deleteTopics(to);
    return seconds;
  }

  private static double ingestSeconds(Source source, int pair) throws Exception {
    String to = "events-" + pair;
    String deadLetters = "dead-letters-" + pair;
    source.createTopics(to, deadLetters);
    Path stateDir = Files.createTempDirectory("parallax-benchmark-");
    double seconds = IngestRun.seconds(source, to, deadLetters, "ingest-" + pair, stateDir);
    source.deleteTopics(to, deadLetters);
    return seconds;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
