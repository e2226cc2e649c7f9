package dev.parallax.cli.config;

import dev.parallax.cli.CliException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads a configuration. */
public final class ConfigOptions {

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration, a YAML file.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a key of the configuration. Repeatable.")
  private List<String> overrides = List.of();

  /**
   * Reads the configuration.
   *
   * @param environment environment variables by name
   * @throws CliException if it is wrong anywhere
   */
  public ParallaxConfig load(Map<String, String> environment) {
    return ParallaxConfig.load(Optional.ofNullable(file), environment, overrides);
  }

  /**
   * Reads the configuration, with what the command itself decides.
   *
   * @param environment environment variables by name
   * @param decided {@code key=value} that nothing overrides
   * @throws CliException if it is wrong anywhere
   */
  public ParallaxConfig load(Map<String, String> environment, List<String> decided) {
    List<String> flags = new ArrayList<>(overrides);
    flags.addAll(decided);
    return ParallaxConfig.load(Optional.ofNullable(file), environment, flags);
  }

  /** These options, reading {@code fallback} where no file was named. */
  public ConfigOptions orElse(Path fallback) {
    ConfigOptions options = new ConfigOptions();
    options.file = file == null ? fallback : file;
    options.overrides = overrides;
    return options;
  }

  /** The file that was named. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Whether a file or an override was given, so that the configuration is more than defaults. */
  public boolean isGiven() {
    return file != null || !overrides.isEmpty();
  }
}
