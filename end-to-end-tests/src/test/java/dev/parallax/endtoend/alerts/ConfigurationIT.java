package dev.parallax.endtoend.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parallax.endtoend.RepositoryFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prometheus and Alertmanager accept what the repository gives them, and route as it says. */
final class ConfigurationIT {

  private static final Path ALERTMANAGER =
      RepositoryFiles.path("grafana/alertmanager/alertmanager.yml").toAbsolutePath();

  private static final Pattern QUERY = Pattern.compile("```promql\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void prometheusAcceptsItsConfigurationAndTheRules() throws Exception {
    String config =
        RepositoryFiles.path("grafana/prometheus/prometheus.yml").toAbsolutePath().toString();
    assertSucceeds(Program.find("promtool").toString(), "check", "config", config);
  }

  @Test
  void alertmanagerAcceptsItsConfiguration() throws Exception {
    assertSucceeds(Program.find("amtool").toString(), "check-config", ALERTMANAGER.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page   | alertname=ModelDiverged severity=critical model=search-embedder reference=minilm",
        "page   | alertname=ReferenceFault severity=critical reference=minilm",
        "page   | alertname=ModelDiverged severity=critical model=drillbit-search",
        "ticket | alertname=ModelWarning severity=warning model=search-embedder",
        "ticket | alertname=ScoresMissing severity=warning",
        "ticket | alertname=SomethingElse",
        "drill  | alertname=DrillRang severity=info model=drill.search-embedder",
        "drill  | alertname=ModelDiverged severity=critical model=drill.search-embedder",
        "drill  | alertname=SomethingElse severity=info",
      })
  void anAlertGoesTo(String receiver, String labels) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Program.find("amtool").toString(),
                "config",
                "routes",
                "test",
                "--config.file=" + ALERTMANAGER,
                "--verify.receivers=" + receiver));
    command.addAll(List.of(labels.split(" ")));
    assertSucceeds(command.toArray(String[]::new));
  }

  /** As recording rules, which promtool checks for types as well as for syntax. */
  @Test
  void everyQueryOfARunbookIsOneThatPrometheusUnderstands() throws Exception {
    ObjectNode file = new ObjectMapper().createObjectNode();
    ObjectNode group = file.putArray("groups").addObject().put("name", "runbooks");
    ArrayNode rules = group.putArray("rules");
    try (Stream<Path> pages = Files.list(RepositoryFiles.path("docs/runbooks"))) {
      for (Path page : pages.sorted().toList()) {
        Matcher query = QUERY.matcher(Files.readString(page));
        while (query.find()) {
          rules
              .addObject()
              .put("record", "runbook:query:" + rules.size())
              .put("expr", query.group(1));
        }
      }
    }
    assertThat(rules).hasSizeGreaterThan(15);
    Path queries = folder.resolve("queries.yml");
    Files.writeString(queries, file.toString());
    assertSucceeds(Program.find("promtool").toString(), "check", "rules", queries.toString());
  }

  private void assertSucceeds(String... command) throws Exception {
    Program.Result result = Program.run(folder, List.of(command));
    assertThat(result.code()).as(result.output()).isZero();
  }
}
