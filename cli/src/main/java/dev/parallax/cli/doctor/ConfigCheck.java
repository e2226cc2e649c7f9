package dev.parallax.cli.doctor;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ConfigOptions;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.role.RoleSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Examines the configuration and the files that it names. */
final class ConfigCheck {

  private static final String CONFIGURATION = "configuration";
  private static final String SECRET = "secret";

  private ConfigCheck() {}

  /** What is to be said of a configuration that could be read. */
  static List<Finding> run(ConfigOptions options, ParallaxConfig config) {
    return List.of(values(options, config), secret(config));
  }

  /** A configuration that could not be read. */
  static Finding unreadable(CliException failure) {
    return Finding.fail(
        CONFIGURATION, String.valueOf(failure.getMessage()), "see docs/configuration.md");
  }

  private static Finding values(ConfigOptions options, ParallaxConfig config) {
    String source = options.file().map(Path::toString).orElse("defaults");
    try {
      config.kafka().clientProperties();
      RoleSettings.monitor(config, Path.of(""));
      return Finding.ok(CONFIGURATION, source);
    } catch (CliException e) {
      return unreadable(e);
    }
  }

  private static Finding secret(ParallaxConfig config) {
    Optional<Path> file = config.ingest().inputKeySecretFile();
    if (file.isEmpty()) {
      return Finding.skipped(SECRET, "ingest.input-key-secret-file is unset");
    }
    try {
      config.ingest().readInputKeySecret();
      return SecretFile.isReadableByOthers(file.get())
          ? Finding.warn(
              SECRET, file.get() + " can be read by every user", "chmod 600 " + file.get())
          : Finding.ok(SECRET, file.get().toString());
    } catch (CliException e) {
      return Finding.fail(
          SECRET,
          String.valueOf(e.getMessage()),
          "make one, for example: openssl rand -out " + file.get() + " 32");
    }
  }
}
