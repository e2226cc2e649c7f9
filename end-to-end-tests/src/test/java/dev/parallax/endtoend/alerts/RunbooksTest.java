package dev.parallax.endtoend.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.cli.Parallax;
import dev.parallax.cli.Terminal;
import dev.parallax.core.drift.Verdict;
import dev.parallax.endtoend.RepositoryFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every alert and every verdict has a page, of one shape, with commands that can be pasted. */
final class RunbooksTest {

  private static final String FOLDER = "docs/runbooks";

  private static final List<String> HEADINGS =
      List.of(
          "## What it means",
          "## Who is hurt",
          "## Checks, in order",
          "## Commands",
          "## How it ends");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern COMMAND = Pattern.compile("\\./parallax ([^\n`]*)");

  @Test
  void everyVerdictHasARunbookUnderTheNameThatItsAlertRecordsLinkTo() {
    for (Verdict verdict : Verdict.values()) {
      assertThat(RepositoryFiles.path(FOLDER + "/" + verdict.label() + ".md")).exists();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyRunbookOfAnAlertHasTheSameParts() {
    Set<String> pages = new TreeSet<>();
    for (JsonNode group : RepositoryFiles.yaml(RuleTests.RULES + "/parallax.yml").path("groups")) {
      group.path("rules").forEach(rule -> pages.add(rule.at("/annotations/runbook_url").asText()));
    }
    assertThat(pages).hasSizeGreaterThan(10);
    return pages.stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page,
                    () ->
                        assertThat(
                                RepositoryFiles.text(page)
                                    .lines()
                                    .filter(line -> line.startsWith("## "))
                                    .toList())
                            .isEqualTo(HEADINGS)));
  }

  @TestFactory
  Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
    return pages().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.getFileName().toString(),
                    () -> {
                      Matcher link = LINK.matcher(Files.readString(page));
                      while (link.find()) {
                        assertThat(page.resolveSibling(link.group(1))).exists();
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyCommandIsOneWithOptionsThatItKnows() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path page : pages()) {
      Matcher command = COMMAND.matcher(Files.readString(page));
      while (command.find()) {
        commands.add(command.group(1).strip());
      }
    }
    assertThat(commands).hasSizeGreaterThan(15);
    return commands.stream()
        .distinct()
        .map(command -> DynamicTest.dynamicTest(command, () -> check(command)));
  }

  private static void check(String command) {
    List<String> names = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (String word : command.split(" ")) {
      if (word.startsWith("--")) {
        options.add(word);
      } else if (options.isEmpty()) {
        names.add(word);
      }
    }
    names.add("--help");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    int code = Parallax.run(new Terminal(stream, stream, Map.of()), names.toArray(String[]::new));

    String help = out.toString(StandardCharsets.UTF_8);
    assertThat(code).as(help).isZero();
    for (String option : options) {
      assertThat(help).containsPattern(Pattern.quote(option) + "\\b");
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(RepositoryFiles.path(FOLDER))) {
      return files.sorted().toList();
    }
  }
}
