package dev.parallax.endtoend.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parallax.endtoend.RepositoryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tests of the alert rules, run by {@code promtool} on the rules or on changed ones. */
final class RuleTests {

  static final String RULES = "grafana/prometheus/rules";
  static final String FOLDER = RULES + "/tests";

  private final Path folder;
  private final Path promtool;
  private final Map<String, JsonNode> rules;
  private final Map<String, JsonNode> tests;

  private RuleTests(
      Path folder, Path promtool, Map<String, JsonNode> rules, Map<String, JsonNode> tests) {
    this.folder = folder;
    this.promtool = promtool;
    this.rules = rules;
    this.tests = tests;
  }

  /** The rules and tests of the repository; {@code folder} is for copies. */
  static RuleTests load(Path folder, Path promtool) {
    Map<String, JsonNode> tests = files(FOLDER);
    tests.keySet().removeIf(name -> !name.endsWith("_test.yml"));
    return new RuleTests(folder, promtool, files(RULES), tests);
  }

  /** The rules and tests of the repository, to be read and not run. */
  static RuleTests ofRepository() {
    return load(Path.of("target"), Path.of("promtool"));
  }

  private static Map<String, JsonNode> files(String in) {
    Map<String, JsonNode> files = new TreeMap<>();
    try (var listed = Files.list(RepositoryFiles.path(in))) {
      for (Path file : listed.filter(f -> f.toString().endsWith(".yml")).toList()) {
        String name = file.getFileName().toString();
        files.put(name, RepositoryFiles.yaml(in + "/" + name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** The rule files by name. */
  Map<String, JsonNode> rules() {
    return rules;
  }

  /** Every case of every test file. */
  List<JsonNode> cases() {
    List<JsonNode> cases = new ArrayList<>();
    tests.values().forEach(file -> file.path("tests").forEach(cases::add));
    return cases;
  }

  /**
   * The first test file that fails; empty if all pass. The cases that name {@code rule} go first.
   *
   * @param changed rule files that say something else, by name
   */
  String failing(String rule, Map<String, JsonNode> changed)
      throws IOException, InterruptedException {
    Path copy = Files.createTempDirectory(folder, "rules");
    for (Map.Entry<String, JsonNode> file : rules.entrySet()) {
      JsonNode content = changed.getOrDefault(file.getKey(), file.getValue());
      // JSON is YAML.
      Files.writeString(copy.resolve(file.getKey()), content.toString());
    }
    Path to = Files.createDirectory(copy.resolve("tests"));
    String name = rule.replaceFirst("[{].*", "");
    for (boolean near : new boolean[] {true, false}) {
      for (Map.Entry<String, JsonNode> file : tests.entrySet()) {
        ObjectNode part = part(file.getValue(), name, near);
        if (part.path("tests").isEmpty()) {
          continue;
        }
        Files.writeString(to.resolve(file.getKey()), part.toString());
        List<String> command = List.of(promtool.toString(), "test", "rules", file.getKey());
        if (Program.run(to, command).code() != 0) {
          return file.getKey();
        }
      }
    }
    return "";
  }

  /** The cases of a test file that name a rule, or those that do not. */
  private static ObjectNode part(JsonNode file, String name, boolean near) {
    ObjectNode part = file.deepCopy();
    ArrayNode cases = part.putArray("tests");
    for (JsonNode each : file.path("tests")) {
      if (names(each, name) == near) {
        cases.add(each);
      }
    }
    return part;
  }

  private static boolean names(JsonNode test, String rule) {
    List<JsonNode> expectations = new ArrayList<>();
    test.path("alert_rule_test").forEach(e -> expectations.add(e.path("alertname")));
    test.path("promql_expr_test").forEach(e -> expectations.add(e.path("expr")));
    return expectations.stream().anyMatch(e -> e.asText().contains(rule));
  }
}
