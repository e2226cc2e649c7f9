package dev.parallax.cli.baseline;

import dev.parallax.core.window.Series;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which series a command is about. */
final class SeriesFilter {

  @Option(names = "--model", paramLabel = "NAME", description = "Only this model.")
  private Optional<String> model = Optional.empty();

  @Option(names = "--version", paramLabel = "V", description = "Only this version of it.")
  private Optional<String> version = Optional.empty();

  @Option(names = "--reference", paramLabel = "ID", description = "Only this reference space.")
  private Optional<String> reference = Optional.empty();

  Optional<String> model() {
    return model;
  }

  /** Whether every series is admitted. */
  boolean isEmpty() {
    return model.isEmpty() && version.isEmpty() && reference.isEmpty();
  }

  boolean admits(Series series) {
    return model.map(series.model()::equals).orElse(true)
        && version.map(series.version()::equals).orElse(true)
        && reference.map(series.reference()::equals).orElse(true);
  }

  /** The series in words. */
  @Override
  public String toString() {
    return model.map(name -> "model " + name).orElse("any model")
        + version.map(text -> ", version " + text).orElse("")
        + reference.map(text -> ", reference " + text).orElse("");
  }
}
