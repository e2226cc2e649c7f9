package dev.parallax.cli.ingest;

import dev.parallax.cli.CliException;
import dev.parallax.cli.Nearest;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.ingest.SourceConfig;
import java.util.List;

/** Finds sources of the configuration by the names that {@code --source} gives. */
public final class SourceNames {

  private SourceNames() {}

  /**
   * The source of that name.
   *
   * @throws CliException if there is none
   */
  public static SourceConfig find(ParallaxConfig config, String name) {
    List<SourceConfig> sources = config.ingest().sources();
    List<String> names = sources.stream().map(SourceConfig::name).toList();
    return sources.stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                CliException.usage(
                    "--source "
                        + name
                        + ": expected one of "
                        + String.join(", ", names)
                        + Nearest.hint(name, names)));
  }
}
