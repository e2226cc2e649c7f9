package dev.parallax.benchmarks;

import dev.parallax.cli.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Events/s of the whole job against those of a bare {@code KafkaConsumer} over the same topic, in
 * this process with an embedded broker.
 *
 * <p>Bare and job take turns, so that a machine whose speed drifts moves both; the figure is the
 * ratio of the medians. Every run of the job must account for every event, or the benchmark fails.
 */
@CommandLine.Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = "Events/s of the whole job against a bare KafkaConsumer over the same topic.")
public final class JobThroughput implements Callable<Integer> {

  @Option(names = "--dimensions", split = ",", defaultValue = "384,768")
  private int[] dimensions = {};

  @Option(names = "--models", split = ",", defaultValue = "10,100")
  private int[] models = {};

  @Option(names = "--events", defaultValue = "600000", description = "events a topic")
  private int events;

  @Option(
      names = "--rate",
      defaultValue = "10000",
      description = "events a second of event time, over all models; a pane is a minute")
  private int rate;

  @Option(
      names = "--pairs",
      defaultValue = "5",
      description = "counted pairs, after one to warm up")
  private int pairs;

  @Option(names = "--parallelism", defaultValue = "2")
  private int parallelism;

  private JobThroughput() {}

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new JobThroughput()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    System.out.printf(
        "java %s, %s, %d processors, parallelism %d, %,d events a topic, %,d events/s of event time%n",
        System.getProperty("java.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        parallelism,
        events,
        rate);
    System.out.println(
        "| dimensions | models | bare events/s | job events/s | job / bare | pairs |");
    System.out.println("|---|---|---|---|---|---|");
    for (int dimension : dimensions) {
      for (int count : models) {
        measure(new Load(dimension, count, events, rate));
      }
    }
    return 0;
  }

  /** A topic of its own broker, so that only one lies on the disk at a time. */
  private void measure(Load load) throws Exception {
    Path dir = Files.createTempDirectory("parallax-benchmark-");
    try (EmbeddedKafka kafka = EmbeddedKafka.temporary()) {
      String bootstrap = kafka.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
        admin
            .createTopics(List.of(new NewTopic(load.topic(), Load.PARTITIONS, (short) 1)))
            .all()
            .get();
      }
      LoadPublisher.publish(load, bootstrap);
      double[] bare = new double[pairs];
      double[] job = new double[pairs];
      for (int pair = -1; pair < pairs; pair++) {
        double bareSeconds = BareConsumer.seconds(load, bootstrap);
        double jobSeconds = WholeJob.seconds(load, bootstrap, parallelism, dir);
        System.err.printf(
            Locale.ROOT,
            "%s: bare %,.0f/s, job %,.0f/s%s%n",
            load,
            load.events() / bareSeconds,
            load.events() / jobSeconds,
            pair < 0 ? " (warm-up)" : "");
        if (pair >= 0) {
          bare[pair] = load.events() / bareSeconds;
          job[pair] = load.events() / jobSeconds;
        }
      }
      report(load, bare, job);
    } finally {
      delete(dir);
    }
  }

  private static void report(Load load, double[] bare, double[] job) {
    String ratios =
        String.join(
            " ",
            IntStream.range(0, bare.length)
                .mapToObj(i -> String.format(Locale.ROOT, "%.2f", job[i] / bare[i]))
                .toList());
    System.out.printf(
        Locale.ROOT,
        "| %d | %d | %,.0f | %,.0f | %.2f | %s |%n",
        load.dimension(),
        load.models(),
        median(bare),
        median(job),
        median(job) / median(bare),
        ratios);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static void delete(Path dir) throws Exception {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
