package dev.parallax.cli.role;

import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.demo.stack.MonitorView;
import dev.parallax.exporter.LocalSources;
import dev.parallax.jobs.metrics.FlinkMetrics;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code parallax up}: ingest, monitor and exporter in one process. */
@Command(
    name = "up",
    description = "Run ingest, the monitoring job and the exporter in one process.")
public final class UpCommand extends RoleCommand {

  /** A command that prints to {@code terminal}. */
  public UpCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void start(Roles roles, ParallaxConfig config, Path scratch) {
    IngestRole ingest = roles.add(IngestRole.start(config, scratch));
    FlinkMetrics metrics = new FlinkMetrics();
    AtomicReference<Supplier<Optional<String>>> job = new AtomicReference<>(Optional::empty);
    LocalSources sources =
        MonitorView.withJob(ingest.sources(), metrics)
            .withHealth(() -> ingest.failure().or(() -> job.get().get()));
    roles.add(ExporterRole.start(config, sources));
    MonitorRole monitor = roles.add(MonitorRole.start(config, scratch, metrics));
    job.set(monitor::whyUnhealthy);
  }
}
