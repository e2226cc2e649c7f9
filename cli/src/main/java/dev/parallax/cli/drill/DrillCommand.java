package dev.parallax.cli.drill;

import dev.parallax.cli.CliException;
import dev.parallax.cli.Interrupt;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ConfigOptions;
import dev.parallax.cli.config.MonitorSection;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.Strength;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax drill}: proves that an alarm rings. */
@Command(
    name = "drill",
    description = {
      "Repeat a model's own recent events under the name drill.MODEL, healthy until its baseline is"
          + " armed and then with a fault done to them, to prove that alarms ring. Alerts on"
          + " drill.* wake nobody unless they are routed to somebody.",
      "It takes as long as its panes. With --wait, exit 0 when the right verdict came and 1 when"
          + " not."
    })
public final class DrillCommand implements Callable<Integer> {

  private static final String BUILT_IN = "builtin:";

  private static final int USUAL_PANES = 10;
  private static final int SPARE_PANES = 5;
  private static final int MOST_PANES = 10_000;

  private final Terminal terminal;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--fault",
      required = true,
      paramLabel = "NAME",
      completionCandidates = FaultNames.class,
      description = "What is done: ${COMPLETION-CANDIDATES}.")
  private String fault = "";

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "The model whose events are repeated.")
  private String model = "";

  @Option(
      names = "--version",
      paramLabel = "V",
      description = "Its version; that of its newest event unless given.")
  private @Nullable String version;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "Manifest of the encoder that the model runs, or builtin:NAME: needed for faults of"
              + " encoders; for wrong-version, that of the other version.")
  private @Nullable String manifest;

  @Option(
      names = "--healthy",
      paramLabel = "N",
      description = "Panes before the fault; monitor.baseline.panes and a few unless given.")
  private @Nullable Integer healthy;

  @Option(
      names = "--panes",
      paramLabel = "N",
      description = "Panes with the fault; as many as it may take to be caught unless given.")
  private @Nullable Integer panes;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Events a second before the fault; enough for a whole sample unless given.")
  private @Nullable Double rate;

  @Option(names = "--wait", description = "Follow the scores and judge the verdict.")
  private boolean wait;

  /** A command that prints to {@code terminal}. */
  public DrillCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    FaultKind kind = kind();
    ParallaxConfig config = options.load(terminal.environment());
    Optional<EncoderManifest> encoder = Optional.ofNullable(manifest).map(DrillCommand::manifest);
    try (Brokers brokers = Brokers.connect(config.kafka())) {
      brokers.requireTopic(config.topics().names().events());
      brokers.requireTopic(config.topics().names().scores());
    }
    try (RecordReader reader = RecordReader.connect(config.kafka())) {
      List<EmbeddingEvent> events =
          RecentEvents.read(
              reader, config.topics().names().events(), model, Optional.ofNullable(version));
      if (events.isEmpty()) {
        throw CliException.failure(
            "--model "
                + model
                + (version == null ? "" : " --version " + version)
                + ": expected a model with events on "
                + config.topics().names().events()
                + ", found none");
      }
      ParallaxCache cache = ParallaxCache.locate();
      DrillPlan plan = plan(kind, config.monitor(), events.get(0).modelVersion());
      try (DrillFault doing = DrillFaults.of(kind, events, encoder, cache)) {
        ShadowTraffic traffic =
            new ShadowTraffic(events, requests(kind, config.monitor(), events.size()), doing);
        return Interrupt.during(
            interrupt ->
                new DrillRun(plan, traffic, config, reader, terminal, interrupt, Clock.systemUTC())
                    .run());
      }
    }
  }

  private FaultKind kind() {
    try {
      return FaultKind.ofLabel(fault);
    } catch (IllegalArgumentException e) {
      throw CliException.usage(
          "--fault " + fault + ": expected one of " + String.join(", ", new FaultNames()), e);
    }
  }

  private static EncoderManifest manifest(String text) {
    if (text.startsWith(BUILT_IN)) {
      try {
        return BundledEncoders.manifest(text.substring(BUILT_IN.length()));
      } catch (IllegalArgumentException e) {
        throw CliException.usage("--manifest " + text + ": " + e.getMessage(), e);
      }
    }
    try {
      return EncoderManifest.read(text, Files.readAllBytes(Path.of(text)));
    } catch (IOException e) {
      throw CliException.failure("--manifest " + text + ": cannot be read", e);
    }
  }

  private DrillPlan plan(FaultKind kind, MonitorSection monitor, String ofVersion) {
    int before = healthy == null ? monitor.baseline().panes() + SPARE_PANES : healthy;
    int during = panes == null ? panes(kind, monitor) : panes;
    if (before < 1 || before > MOST_PANES) {
      throw CliException.usage("--healthy " + before + ": expected 1 to " + MOST_PANES);
    }
    if (during < 1 || during > MOST_PANES) {
      throw CliException.usage("--panes " + during + ": expected 1 to " + MOST_PANES);
    }
    Duration grace = monitor.lateness().plus(monitor.pane()).plus(monitor.checkpointInterval());
    return new DrillPlan(
        kind, model, ofVersion, monitor.pane(), before, during, grace.multipliedBy(2), wait);
  }

  /** Panes within which a fault must be caught. */
  private static int panes(FaultKind kind, MonitorSection monitor) {
    return switch (kind) {
      case SLOW_DRIFT, STALE_ANSWERS_5, WEIGHT_NOISE -> Strength.DRIFT_PANES;
      case NO_EVENTS -> (int) monitor.silentAfter().dividedBy(monitor.pane()) + SPARE_PANES;
      default -> USUAL_PANES;
    };
  }

  /** Requests of a pane, enough to be judged by. */
  private int requests(FaultKind kind, MonitorSection monitor, int inputs) {
    int least = monitor.baseline().minPairs();
    if (kind == FaultKind.TRAFFIC_DIV10) {
      // A tenth of the keys is a tenth of the inputs give or take; half as many again is safe.
      least = least * Strength.VOLUME * 3 / 2;
    }
    double seconds = monitor.pane().toMillis() / 1e3;
    int requests =
        rate == null
            ? Math.max(least, Math.min(monitor.sampleSize(), inputs / Strength.VOLUME))
            : (int) Math.min(Integer.MAX_VALUE / Strength.VOLUME, Math.round(rate * seconds));
    if (requests < least) {
      throw CliException.usage(
          "--rate "
              + rate
              + ": expected "
              + least / seconds
              + " or more, since a pane of fewer than "
              + least
              + " requests says nothing");
    }
    return requests;
  }

  /** The labels of the faults, for the help. */
  static final class FaultNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(FaultKind.values()).map(FaultKind::label).iterator();
    }
  }
}
