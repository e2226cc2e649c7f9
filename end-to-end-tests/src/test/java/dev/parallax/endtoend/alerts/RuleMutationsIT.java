package dev.parallax.endtoend.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.endtoend.RepositoryFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests of the alert rules fail when any part of any rule is taken out. What may be taken out
 * without a test that fails is listed, with the reason, in {@code tests/equivalent-mutants.yml}.
 *
 * <p>All mutants and what became of them are written to {@code target/rule-mutants.txt}.
 */
final class RuleMutationsIT {

  private static final Path REPORT = Path.of("target", "rule-mutants.txt");

  @TempDir private Path folder;

  @Test
  void takingAnyPartOutOfAnyRuleMakesATestFail() throws Exception {
    RuleTests tests = RuleTests.load(folder, Program.find("promtool"));
    assertThat(tests.failing("", Map.of())).as("the rules as they are").isEmpty();

    Map<String, Future<String>> outcomes = new TreeMap<>();
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      for (Map.Entry<String, JsonNode> file : tests.rules().entrySet()) {
        for (RuleMutants.Mutant mutant : RuleMutants.of(file.getValue())) {
          Map<String, JsonNode> changed = Map.of(file.getKey(), mutant.file());
          outcomes.put(
              mutant.toString(), workers.submit(() -> tests.failing(mutant.rule(), changed)));
        }
      }
    } finally {
      workers.shutdown();
    }
    List<String> survivors = new ArrayList<>();
    List<String> report = new ArrayList<>();
    for (Map.Entry<String, Future<String>> outcome : outcomes.entrySet()) {
      String failing = outcome.getValue().get();
      report.add((failing.isEmpty() ? "SURVIVED" : failing) + "\t" + outcome.getKey());
      if (failing.isEmpty()) {
        survivors.add(outcome.getKey());
      }
    }
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, report);

    assertThat(report).hasSizeGreaterThan(200);
    assertThat(survivors).containsExactlyInAnyOrderElementsOf(excused());
  }

  /** Mutants that no test can tell from the rule, each with its reason. */
  private static Collection<String> excused() {
    List<String> excused = new ArrayList<>();
    for (JsonNode each : RepositoryFiles.yaml(RuleTests.FOLDER + "/equivalent-mutants.yml")) {
      assertThat(each.path("reason").asText()).as(each.toString()).hasSizeGreaterThan(20);
      excused.add(each.path("mutant").asText());
    }
    return excused;
  }
}
