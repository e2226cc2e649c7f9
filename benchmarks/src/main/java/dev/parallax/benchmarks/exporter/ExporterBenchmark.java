package dev.parallax.benchmarks.exporter;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * What a scrape costs the exporter: how long it takes, how large the answer is, and the processor
 * time of a server that is scraped every 15 seconds while scores arrive, over that of one core.
 *
 * <p>The server is a process of its own, and asked for OpenMetrics with gzip, as Prometheus asks.
 * Every answer is checked to hold all series and to be whole.
 */
public final class ExporterBenchmark {

  private static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
  private static final int WARM_UP = 40;
  private static final int SCRAPES = 100;
  private static final long INTERVAL_MILLIS = 15_000;

  private final int series;
  private final int minutes;
  private final HttpClient client = HttpClient.newHttpClient();

  private ExporterBenchmark(int series, int minutes) {
    this.series = series;
    this.minutes = minutes;
  }

  /** Runs it: {@code [series] [minutes]}. */
  public static void main(String[] arguments) throws Exception {
    int series = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
    int minutes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    new ExporterBenchmark(series, minutes).run();
  }

  private void run() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                ServedFleet.class.getName(),
                Integer.toString(series))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        PrintStream input =
            new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
      URI metrics = URI.create(output.readLine()).resolve("/metrics");
      measure(metrics, new Server(output, input));
    } finally {
      process.destroy();
    }
  }

  private void measure(URI metrics, Server server) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      scrape(metrics);
    }
    double[] millis = new double[SCRAPES];
    long before = server.processorNanos();
    int packed = 0;
    for (int i = 0; i < SCRAPES; i++) {
      long start = System.nanoTime();
      packed = scrape(metrics).length;
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    double each = (server.processorNanos() - before) / 1e6 / SCRAPES;
    byte[] plain = check(scrape(metrics));
    Arrays.sort(millis);
    print("series                         %d", series);
    print(
        "answer                         %.1f MB, %.2f MB with gzip",
        plain.length / 1e6, packed / 1e6);
    print(
        "bytes per series               %d, %d with gzip", plain.length / series, packed / series);
    print(
        "scrape, ms                     median %.1f, p90 %.1f, p99 %.1f, most %.1f",
        millis[SCRAPES / 2],
        millis[SCRAPES * 9 / 10],
        millis[SCRAPES * 99 / 100],
        millis[SCRAPES - 1]);
    print("processor time a scrape, ms    %.1f", each);
    print("of a core at one in 15 s       %.2f %%", share(metrics, server));
  }

  /** Processor time over wall time, in percent, with all that a server does meanwhile. */
  private double share(URI metrics, Server server) throws Exception {
    long before = server.processorNanos();
    long start = System.nanoTime();
    for (int i = 0; i < minutes * 60_000 / INTERVAL_MILLIS; i++) {
      scrape(metrics);
      long due = (i + 1) * INTERVAL_MILLIS - (System.nanoTime() - start) / 1_000_000;
      Thread.sleep(Math.max(0, due));
    }
    return 100.0 * (server.processorNanos() - before) / (System.nanoTime() - start);
  }

  private byte[] scrape(URI metrics) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(metrics)
                .header("Accept", ACCEPT)
                .header("Accept-Encoding", "gzip")
                .build(),
            BodyHandlers.ofByteArray())
        .body();
  }

  private byte[] check(byte[] packed) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] plain = gzip.readAllBytes();
      List<String> lines = new String(plain, StandardCharsets.UTF_8).lines().toList();
      long found = lines.stream().filter(line -> line.startsWith("parallax_cka_ratio{")).count();
      if (found != series || !lines.get(lines.size() - 1).equals("# EOF")) {
        throw new IllegalStateException("expected " + series + " series, got " + found);
      }
      return plain;
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** The other process, which tells what it has used. */
  private record Server(BufferedReader output, PrintStream input) {

    long processorNanos() throws IOException {
      input.println();
      return Long.parseLong(output.readLine());
    }
  }
}
