package dev.parallax.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.ingest.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigKeysTest {

  private static final Path DOCUMENTATION = Path.of("../docs/configuration.md");
  private static final Path EXAMPLE = Path.of("../docs/examples/parallax.yaml");

  @Test
  void everyKeyIsDocumentedWithItsTypeAndDefault() throws IOException {
    assertThat(Files.readString(DOCUMENTATION).lines())
        .as("rows of the tables in %s", DOCUMENTATION)
        .containsAll(documented().map(ConfigKeysTest::row).toList());
  }

  @Test
  void noRowDocumentsAKeyThatDoesNotExist() throws IOException {
    List<String> documented =
        Files.readString(DOCUMENTATION)
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("`")[1])
            .toList();

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(documented().map(ConfigKey::name).toList());
  }

  @Test
  void everyDefaultIsAValueOfItsType() {
    documented()
        .forEach(
            key ->
                assertThat(key.parseDefault().isPresent())
                    .isEqualTo(key.defaultText().isPresent()));
  }

  private static Stream<ConfigKey<?>> documented() {
    return Stream.of(ConfigKeys.ALL, SourceKeys.ALL, ReferenceKeys.ALL).flatMap(List::stream);
  }

  @Test
  void noTwoKeysShareAnEnvironmentVariable() {
    assertThat(
            ConfigKeys.ALL.stream()
                .collect(Collectors.groupingBy(ConfigKey::environmentVariable))
                .values())
        .allSatisfy(keys -> assertThat(keys).hasSize(1));
  }

  @Test
  void theFileOfTheContainersLoads() {
    Path compose = Path.of("../docs/examples/compose.yaml");

    assertThat(
            ParallaxConfig.load(Optional.of(compose), Map.of(), List.of())
                .kafka()
                .bootstrapServers())
        .isEqualTo("kafka:9092");
  }

  @Test
  void theExampleOfSourcesLoads() {
    Path sources = Path.of("../docs/examples/sources.yaml");

    assertThat(ParallaxConfig.load(Optional.of(sources), Map.of(), List.of()).ingest().sources())
        .extracting(SourceConfig::name)
        .containsExactly(
            "recommendations.inference", "app", "encoder", "gateway", "search", "spans");
  }

  @Test
  void theExampleFileLoads() {
    ParallaxConfig example = ParallaxConfig.load(Optional.of(EXAMPLE), Map.of(), List.of());

    assertThat(example.topics().replicationFactor()).isEqualTo(3);
  }

  private static String row(ConfigKey<?> key) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            key.name(),
            key.type().name(),
            key.defaultText().map(text -> "`" + text + "`").orElse(""),
            key.documentation());
  }
}
