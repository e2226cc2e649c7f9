package dev.parallax.cli.role;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.jobs.Monitor;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorException;
import dev.parallax.jobs.reference.ReferenceVectors;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.runtime.OnnxFailure;
import dev.parallax.onnx.runtime.ProviderUnavailableException;
import java.nio.file.Path;
import java.util.Optional;

/** The monitoring job, in a Flink cluster of this process. */
final class MonitorRole implements Role {

  private final MonitorConfig config;
  private final ReferenceVectors reference;
  private final Monitor monitor;
  private final boolean keepsCheckpoints;

  private MonitorRole(
      MonitorConfig config, ReferenceVectors reference, Monitor monitor, boolean keepsCheckpoints) {
    this.config = config;
    this.reference = reference;
    this.monitor = monitor;
    this.keepsCheckpoints = keepsCheckpoints;
  }

  /**
   * Opens the reference first: inside the job a refused model would be tried again and again.
   *
   * @throws CliException if the reference is refused or the job does not start
   */
  static MonitorRole start(ParallaxConfig parallax, Path scratch) {
    MonitorConfig config = RoleSettings.monitor(parallax, scratch);
    ReferenceVectors reference = open(config);
    try {
      return new MonitorRole(
          config,
          reference,
          Monitor.start(config, scratch),
          parallax.monitor().checkpointDir().isPresent());
    } catch (MonitorException e) {
      reference.close();
      throw CliException.failure(String.valueOf(e.getMessage()), e);
    }
  }

  private static ReferenceVectors open(MonitorConfig config) {
    try {
      return config.reference().open();
    } catch (ModelRefusedException | ProviderUnavailableException | OnnxFailure e) {
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
        + monitor.restoredFrom().map(from -> ", from checkpoint " + from).orElseGet(this::anew);
  }

  private String anew() {
    return keepsCheckpoints
        ? ", with new baselines"
        : ", with new baselines, which end with it: monitor.checkpoint-dir is not set";
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
      reference.close();
    }
  }
}
