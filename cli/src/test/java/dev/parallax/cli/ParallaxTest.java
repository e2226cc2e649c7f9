package dev.parallax.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParallaxTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          versoin              | parallax: unknown command versoin: did you mean version?
          frobnicate           | parallax: unknown command frobnicate
          --vrebose            | parallax: unknown option --vrebose: did you mean --verbose?
          version --jsno       | parallax version: unknown option --jsno: did you mean --json?
          version now          | parallax version: unexpected argument now
          score --production x | parallax score: missing required option: '--reference=Y.npy'
          topics --config      | parallax topics: missing required parameter for option '--config' (FILE)
          """)
  void aWrongCommandLineIsOneLineAndNamesTheNearest(String arguments, String line) {
    CommandRun run = CommandRun.of(arguments.split(" "));

    run.failedWith(2, line);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void withoutACommandItPointsToTheHelp() {
    CommandRun.of().failedWith(2, "parallax: expected a command; see parallax --help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "up",
        "ingest",
        "monitor",
        "exporter",
        "replay",
        "drill",
        "score",
        "topics",
        "decode",
        "dead-letters",
        "doctor",
        "version"
      })
  void everyCommandHasHelpWithItsOptionsAndVerbose(String command) {
    assertThat(CommandRun.of("--help").out()).contains("  " + command + " ");
    CommandRun run = CommandRun.of(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Usage: parallax " + command).contains("--verbose");
  }

  @Test
  void verboseShowsWhereAFailureCameFrom() {
    String missing = Path.of("target", "missing.npy").toString();
    CommandRun quiet = CommandRun.of("score", "--production", missing, "--reference", missing);
    CommandRun verbose =
        CommandRun.of("score", "--verbose", "--production", missing, "--reference", missing);

    quiet.failedWith(1, "parallax score: " + missing + ": cannot be read: no such file");
    assertThat(verbose.err()).startsWith(quiet.err()).contains("\tat dev.parallax.cli");
  }

  @Test
  void versionNamesEveryPartThatComputesOrTransports() throws Exception {
    CommandRun text = CommandRun.of("version");
    JsonNode json = new ObjectMapper().readTree(CommandRun.of("version", "--json").out());

    assertThat(json.fieldNames())
        .toIterable()
        .contains("parallax", "java", "onnxRuntime", "kafka", "flink");
    assertThat(json.get("kafka").asText()).isEqualTo(AppInfoParser.getVersion());
    assertThat(text.out().lines()).hasSize(json.size());
  }

  @Test
  void aBuildOutsideAGitCheckoutHasNoCommit() {
    Properties properties = new Properties();
    properties.setProperty("version", "1");
    properties.setProperty("commit", "");
    assertThat(BuildInfo.of(properties).versionAndCommit()).isEqualTo("1");

    properties.setProperty("commit", "abc");
    properties.setProperty("dirty", "true");
    assertThat(BuildInfo.of(properties).versionAndCommit()).isEqualTo("1+abc-modified");
  }
}
