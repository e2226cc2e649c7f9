package dev.parallax.cli.probe;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Interrupt;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.DurationConverter;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.core.probe.ProbeSet;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax probe}: sends a fixed set of texts to a model again and again. */
@Command(
    name = "probe",
    description = {
      "Send a fixed set of texts to an OpenAI-compatible endpoint again and again, and publish the"
          + " answers as probe events: a model that is swapped silently, or whose space is turned,"
          + " is seen within one cycle.",
      "With --check nothing is published: a cycle is compared with a baseline in a file. Exit 1 when"
          + " the model changed."
    })
public final class ProbeCommand implements Callable<Integer> {

  private static final int MAX_BATCH = 2048;
  private static final Duration DEFAULT_EVERY = Duration.ofMinutes(5);

  private final Terminal terminal;

  @Option(
      names = "--endpoint",
      required = true,
      paramLabel = "URL",
      description = "Base address of the service, such as https://host/v1.")
  private String endpoint = "";

  @Option(
      names = "--set",
      paramLabel = "FILE",
      defaultValue = ProbeFile.BUILTIN,
      description =
          "The texts, one a line, or JSON lines {\"id\", \"text\"}; 8 to 256. Default:"
              + " ${DEFAULT-VALUE}, 64 sentences that come with the build.")
  private String set = ProbeFile.BUILTIN;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Model to ask for, and its name in the events. Default: what the answers say.")
  private @Nullable String model;

  @Option(
      names = "--version",
      paramLabel = "V",
      description =
          "Its version in the events. Default: unversioned@WIDTH, as ingest calls a model that"
              + " states none.")
  private @Nullable String version;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "File with the key, sent as a bearer token to this endpoint alone.")
  private @Nullable Path keyFile;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "From the start of a cycle to the next. Default: 5m; with --check, at once.")
  private @Nullable Duration every;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Cycles. Default: endless; with --check 1, with --save-baseline 3.")
  private @Nullable Integer count;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      defaultValue = "5/s",
      converter = RateConverter.class,
      description = "Most requests in a time: N/s, N/m or N/h. Default: ${DEFAULT-VALUE}.")
  private Duration spacing = Duration.ofMillis(200);

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "Most texts of a request. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "For each answer. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = "--encoding",
      paramLabel = "float|base64",
      defaultValue = "float",
      description = "How to ask for numbers; either is read. Default: ${DEFAULT-VALUE}.")
  private EmbeddingsBody.Encoding encoding = EmbeddingsBody.Encoding.FLOAT;

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration, a YAML file.")
  private @Nullable Path config;

  @Option(names = "--check", description = "Compare with a baseline in a file; publish nothing.")
  private boolean check;

  @Option(names = "--baseline", paramLabel = "FILE", description = "Baseline to compare with.")
  private @Nullable Path baseline;

  @Option(
      names = "--save-baseline",
      paramLabel = "FILE",
      description = "Make the baseline, of 3 cycles or more, instead of comparing.")
  private @Nullable Path saveBaseline;

  /** A command that prints to {@code terminal}. */
  public ProbeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    requireSense();
    URI uri = EmbeddingsEndpoint.uri(endpoint);
    ProbeSet probes = ProbeFile.read(set);
    Optional<ApiKey> key = Optional.ofNullable(keyFile).map(ApiKey::ofFile);
    EmbeddingsEndpoint service =
        new EmbeddingsEndpoint(
            uri,
            new EmbeddingsBody(Optional.ofNullable(model), encoding),
            key,
            timeout,
            Clock.systemUTC());
    return Interrupt.during(interrupt -> run(service, probes, interrupt));
  }

  private void requireSense() {
    if (batch < 1 || batch > MAX_BATCH) {
      throw CliException.usage("--batch " + batch + ": expected 1 to " + MAX_BATCH);
    }
    if (count != null && count < 1) {
      throw CliException.usage("--count " + count + ": expected 1 or more");
    }
    if (!check && (baseline != null || saveBaseline != null)) {
      throw CliException.usage("--baseline and --save-baseline are of --check: expected --check");
    }
    if (check && (baseline == null) == (saveBaseline == null)) {
      throw CliException.usage("--check: expected either --baseline or --save-baseline");
    }
  }

  private int run(EmbeddingsEndpoint service, ProbeSet probes, Interrupt interrupt)
      throws InterruptedException {
    Thread running = Thread.currentThread();
    interrupt.onRequest(running::interrupt);
    Pauses pauses = Pauses.until(interrupt);
    ProbeSender sender =
        new ProbeSender(
            service,
            probes,
            batch,
            spacing,
            Backoff.DEFAULT,
            pauses,
            Clock.systemUTC(),
            new Random());
    if (saveBaseline != null) {
      Cycles cycles = cycles(sender, pauses, Duration.ZERO, 3);
      return new BaselineCheck(terminal, probes).save(cycles, saveBaseline);
    }
    if (baseline != null) {
      Cycles cycles = cycles(sender, pauses, Duration.ZERO, 1);
      return new BaselineCheck(terminal, probes).compare(cycles, baseline);
    }
    ParallaxConfig settings =
        ParallaxConfig.load(Optional.ofNullable(config), terminal.environment(), List.of());
    try (ProbeSink sink =
        ProbeSink.open(
            settings, probes, Optional.ofNullable(model), Optional.ofNullable(version), pauses)) {
      cycles(sender, pauses, DEFAULT_EVERY, Long.MAX_VALUE)
          .run((number, cycle) -> cycle.line(number, "published as " + sink.publish(cycle)));
    }
    return ExitCode.OK;
  }

  private Cycles cycles(
      ProbeSender sender, Pauses pauses, Duration defaultEvery, long defaultCount) {
    return new Cycles(
        terminal,
        sender,
        pauses,
        every == null ? defaultEvery : every,
        count == null ? defaultCount : count);
  }
}
