package dev.parallax.cli.role;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.jobs.Monitor;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.MonitorException;
import dev.parallax.jobs.Restore;
import dev.parallax.jobs.metrics.FlinkMetrics;
import dev.parallax.jobs.reference.FurtherReference;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.jobs.reference.ReferenceVectors;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.runtime.OnnxFailure;
import dev.parallax.onnx.runtime.ProviderUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
   * @param metrics is told what Flink measures
   * @throws CliException if the reference is refused or the job does not start
   */
  static MonitorRole start(ParallaxConfig parallax, Path scratch, FlinkMetrics metrics) {
    MonitorConfig config = RoleSettings.monitor(parallax, scratch);
    List<ReferenceVectors> references = open(spaces(config));
    try {
      return new MonitorRole(
          config,
          references,
          Monitor.start(config, scratch, metrics),
          parallax.monitor().checkpointDir().isPresent());
    } catch (MonitorException e) {
      references.forEach(ReferenceVectors::close);
      throw CliException.failure(String.valueOf(e.getMessage()), e);
    }
  }

  /** The reference spaces of a job. */
  static List<ReferenceSettings> spaces(MonitorConfig config) {
    return Stream.concat(
            Stream.of(config.reference()), config.further().stream().map(FurtherReference::space))
        .toList();
  }

  /**
   * Puts reference spaces to work in this process.
   *
   * @throws CliException if one is refused
   */
  static List<ReferenceVectors> open(List<ReferenceSettings> spaces) {
    List<ReferenceVectors> opened = new ArrayList<>();
    try {
      for (ReferenceSettings space : spaces) {
        opened.add(space.open());
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

  /** Why it does not work, nor will soon. */
  Optional<String> whyUnhealthy() {
    return monitor.whyUnhealthy();
  }

  /** Why it does not work at this moment. */
  Optional<String> whyNotReady() {
    return monitor.whyNotReady();
  }

  /**
   * A job that fails again and again goes on trying: its probe says so, and what it needs may
   * return.
   */
  @Override
  public Optional<String> failure() {
    Optional<String> why = monitor.whyUnhealthy();
    return monitor.done().isDone() ? why : Optional.empty();
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
