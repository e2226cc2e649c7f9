package dev.parallax.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the files of the repository that are not code. */
public final class RepositoryFiles {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern METRIC = Pattern.compile("\\bparallax_[a-z0-9_]+");

  private RepositoryFiles() {}

  /** The file at this path below the root of the repository; Maven runs tests in the module. */
  public static Path path(String relative) {
    return Path.of("..").resolve(relative);
  }

  public static String text(String relative) {
    try {
      return Files.readString(path(relative));
    } catch (IOException e) {
      throw new AssertionError("cannot read " + relative, e);
    }
  }

  public static JsonNode json(String relative) {
    try {
      return JSON.readTree(text(relative));
    } catch (IOException e) {
      throw new AssertionError(relative + " is not JSON", e);
    }
  }

  public static JsonNode yaml(String relative) {
    LoadSettings settings = LoadSettings.builder().setLabel(relative).build();
    return JSON.valueToTree(new Load(settings).loadFromString(text(relative)));
  }

  /** The names of metrics in a query; buckets, sums and counts are named by their histogram. */
  public static Set<String> metricsIn(String query) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = METRIC.matcher(query);
    while (matcher.find()) {
      names.add(matcher.group().replaceFirst("_seconds_(bucket|sum|count)$", "_seconds"));
    }
    return names;
  }

  /** The metrics that users are promised: every name in {@code docs/metrics.md}. */
  public static Set<String> documentedMetrics() {
    return metricsIn(text("docs/metrics.md"));
  }
}
