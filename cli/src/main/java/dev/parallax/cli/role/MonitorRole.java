package dev.parallax.cli.role;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.jobs.Monitor;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorException;
import dev.parallax.jobs.Restore;
import dev.parallax.jobs.reference.FurtherReference;
import dev.parallax.jobs.reference.ReferenceVectors;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.runtime.OnnxFailure;
import dev.parallax.onnx.runtime.ProviderUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The monitoring job, in a Flink cluster of this process. */
final class MonitorRole implements Role {

  private final MonitorConfig config;
  private final List<ReferenceVectors> references;
  private final Monitor monitor;
  private final boolean keepsCheckpoints;

  private MonitorRole(
      MonitorConfig config,
      List<ReferenceVectors> references,
      Monitor monitor,
      boolean keepsCheckpoints) {
    this.config = config;
    this.references = references;
    this.monitor = monitor;
    this.keepsCheckpoints = keepsCheckpoints;
  }

  /**
   * Opens the references first: inside the job a refused model would be tried again and again.
   *
   * @throws CliException if the reference is refused or the job does not start
   */
  static MonitorRole start(ParallaxConfig parallax, Path scratch) {
    MonitorConfig config = RoleSettings.monitor(parallax, scratch);
    List<ReferenceVectors> references = open(config);
    try {
      return new MonitorRole(
          config,
          references,
          Monitor.start(config, scratch),
          parallax.monitor().checkpointDir().isPresent());
    } catch (MonitorException e) {
      references.forEach(ReferenceVectors::close);
      throw CliException.failure(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<ReferenceVectors> open(MonitorConfig config) {
    List<ReferenceVectors> opened = new ArrayList<>();
    try {
      opened.add(config.reference().open());
      for (FurtherReference further : config.further()) {
        opened.add(further.space().open());
      }
      return opened;
    } catch (ModelRefusedException | ProviderUnavailableException | OnnxFailure e) {
      opened.forEach(ReferenceVectors::close);
      throw CliException.failure(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public String description() {
    return "monitor: scores "
        + config.topics().events()
        + " at "
        + config.bootstrapServers()
        + " against "
        + config.reference().id()
        + config.further().stream()
            .map(further -> ", " + further.space().id())
            .collect(Collectors.joining())
        + monitor.restoredFrom().map(from -> ", from checkpoint " + from).orElseGet(this::anew);
  }

  private String anew() {
    String baselines =
        config.restore() instanceof Restore.Nothing
            ? ", with new baselines"
            : ", without a checkpoint: armed baselines are those of " + config.topics().baselines();
    return keepsCheckpoints
        ? baselines
        : baselines + "; what it learns else ends with it, as monitor.checkpoint-dir is not set";
  }

  @Override
  public Optional<String> failure() {
    return monitor.done().isDone() ? Optional.of("the monitoring job has ended") : Optional.empty();
  }

  @Override
  public void close() {
    try {
      monitor.close();
    } finally {
      references.forEach(ReferenceVectors::close);
    }
  }
}
