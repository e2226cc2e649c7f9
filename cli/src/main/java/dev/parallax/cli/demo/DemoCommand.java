package dev.parallax.cli.demo;

import dev.parallax.cli.CliException;
import dev.parallax.cli.Interrupt;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.DurationConverter;
import dev.parallax.cli.demo.models.DemoScenario;
import dev.parallax.cli.demo.terminal.LineScreen;
import dev.parallax.cli.demo.terminal.LiveScreen;
import dev.parallax.cli.demo.terminal.Screen;
import dev.parallax.cli.demo.terminal.TerminalTraits;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.exporter.ExporterConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code parallax demo}: the whole product in one process, watching real models of which one
 * breaks.
 */
@Command(
    name = "demo",
    description = {
      "Watch real models on real text, one of which breaks midway.",
      "Everything runs in this process: Kafka broker, ingest, monitoring job, exporter."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final double MAX_SPEED = 600;
  private static final String NO_FAULT = "none";

  private final Terminal terminal;

  @Option(
      names = "--duration",
      defaultValue = "3m",
      converter = DurationConverter.class,
      description = "How long the traffic lasts (default: ${DEFAULT-VALUE}).")
  private Duration duration = Duration.ofMinutes(3);

  @Option(
      names = "--fault",
      defaultValue = "truncation",
      completionCandidates = FaultNames.class,
      description = {
        "How the model breaks: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
        "The traffic of a second model shifts at the same time, which is no fault."
      })
  private String fault = "truncation";

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of traffic and sampling; one seed gives one result.")
  private long seed;

  @Option(
      names = "--speed",
      defaultValue = "60",
      description = "Seconds of event time a second (default: ${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port of the status page; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--data", paramLabel = "DIR", description = "Keep the topics in this folder.")
  private @Nullable Path data;

  @Option(names = "--report", paramLabel = "FILE", description = "Write what was seen as JSON.")
  private @Nullable Path report;

  @Option(names = "--headless", description = "Print lines only, as for a log.")
  private boolean headless;

  /** A command that prints to {@code terminal}. */
  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    DemoOptions options = options();
    requireFree(options.port());
    return Interrupt.during(interrupt -> new DemoRun(options, screen(), interrupt).run());
  }

  private DemoOptions options() {
    if (!(speed > 0 && speed <= MAX_SPEED)) {
      throw CliException.usage("--speed " + speed + ": expected more than 0 and at most 600");
    }
    if (port < 0 || port > 65_535) {
      throw CliException.usage("--port " + port + ": expected 0 to 65535");
    }
    if (report != null) {
      Path parent = report.toAbsolutePath().getParent();
      if (parent == null || !Files.isDirectory(parent) || Files.isDirectory(report)) {
        throw CliException.failure(report + ": expected a file in a folder that exists");
      }
    }
    return new DemoOptions(
        duration,
        scenario(),
        seed,
        speed,
        port,
        Optional.ofNullable(data),
        Optional.ofNullable(report),
        headless);
  }

  private DemoScenario scenario() {
    return scenario(fault);
  }

  /** What a fault of this name does to the models. */
  static DemoScenario scenario(String fault) {
    if (fault.equals(NO_FAULT)) {
      return DemoScenario.QUIET;
    }
    return DemoScenario.faults().stream()
        .filter(kind -> kind.label().equals(fault))
        .findFirst()
        .map(kind -> new DemoScenario(Optional.of(kind)))
        .orElseThrow(() -> CliException.usage("--fault " + fault + ": expected one of " + names()));
  }

  /** Said before anything heavy starts; the exporter binds the port a few seconds later. */
  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(ExporterConfig.DEFAULT_HOST), port));
    } catch (IOException e) {
      throw CliException.failure(
          "port " + port + " on " + ExporterConfig.DEFAULT_HOST + " is in use; try --port 0", e);
    }
  }

  private Screen screen() {
    TerminalTraits traits =
        TerminalTraits.detect(
            terminal.environment(),
            !headless && System.console() != null,
            Charset.defaultCharset());
    return traits.live()
        ? new LiveScreen(terminal.out(), traits)
        : new LineScreen(terminal.out(), traits, System::nanoTime);
  }

  private static String names() {
    return String.join(", ", new FaultNames());
  }

  /** The labels of the faults, for the help. */
  static final class FaultNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              DemoScenario.faults().stream().map(FaultKind::label), Stream.of(NO_FAULT))
          .iterator();
    }
  }
}
