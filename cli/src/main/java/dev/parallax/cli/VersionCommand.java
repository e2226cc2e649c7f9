package dev.parallax.cli;

import dev.parallax.core.json.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax version}: what is running, down to the libraries that compute and transport. */
@Command(name = "version", description = "Print the versions of Parallax and what it runs on.")
final class VersionCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    BuildInfo build = BuildInfo.load();
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("parallax", build.version());
    build.commit().ifPresent(commit -> parts.put("commit", commit));
    parts.put("java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
    parts.put("onnxRuntime", build.onnxRuntime());
    parts.put("kafka", build.kafka());
    parts.put("flink", build.flink());
    if (json) {
      terminal.out().println(CanonicalJson.object(object -> parts.forEach(object::field)));
    } else {
      parts.forEach((part, version) -> terminal.out().printf("%-12s %s%n", part, version));
    }
    return ExitCode.OK;
  }
}
