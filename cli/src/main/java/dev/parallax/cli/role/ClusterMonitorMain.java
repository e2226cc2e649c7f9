package dev.parallax.cli.role;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ConfigOptions;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.jobs.ClusterMonitor;
import dev.parallax.jobs.MonitorConfig;
import dev.parallax.jobs.reference.ReferenceSettings;
import dev.parallax.jobs.reference.ReferenceVectors;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What a Flink cluster runs in application mode: the job of {@code parallax monitor}, with the same
 * options, configuration file and environment. It throws where a command would print and exit; the
 * cluster logs that and ends.
 */
public final class ClusterMonitorMain {

  private ClusterMonitorMain() {}

  /** Runs the job until it ends. */
  public static void main(String[] arguments) throws InterruptedException {
    ClusterMonitor.run(settings(options(arguments).load(System.getenv())));
  }

  private static ConfigOptions options(String[] arguments) {
    try {
      return CommandLine.populateCommand(new ConfigOptions(), arguments);
    } catch (ParameterException e) {
      throw CliException.usage(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The job's settings, once its references have been opened here: inside the job a refused model
   * would be tried again and again. They are opened on the processor, which is all that a
   * JobManager needs to have.
   *
   * @throws CliException if a reference is refused, or there is no place for checkpoints
   */
  static MonitorConfig settings(ParallaxConfig parallax) {
    Path checkpoints =
        parallax
            .monitor()
            .checkpointDir()
            .orElseThrow(
                () ->
                    CliException.failure(
                        "monitor.checkpoint-dir: expected a folder that JobManager and TaskManagers"
                            + " share, got nothing"));
    MonitorConfig config = RoleSettings.monitor(parallax, checkpoints);
    MonitorRole.open(
            MonitorRole.spaces(config).stream().map(ReferenceSettings::onProcessor).toList())
        .forEach(ReferenceVectors::close);
    return config;
  }
}
