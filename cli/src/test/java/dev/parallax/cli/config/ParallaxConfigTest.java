package dev.parallax.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ReferenceSection.Encoder;
import dev.parallax.core.Topics;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.ingest.SourceConfig;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatOptions.Field;
import dev.parallax.jobs.Restore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallaxConfigTest {

  @TempDir Path folder;

  @Test
  void theDefaultsAreAWholeConfiguration() {
    ParallaxConfig config = ParallaxConfig.load(Optional.empty(), Map.of(), List.of());

    assertThat(config.topics().names()).isEqualTo(Topics.DEFAULT);
    assertThat(config.ingest().limits()).isEqualTo(EventLimits.DEFAULT);
    assertThat(config.monitor().pane()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.reference().encoder()).isEqualTo(new Encoder.BuiltIn("all-minilm-l6-v2"));
    assertThat(config.exporter().host()).isEqualTo("127.0.0.1");
    assertThat(config.kafka().clientProperties()).isEmpty();
  }

  @Test
  void theEnvironmentOverridesTheFileAndFlagsOverrideBoth() throws IOException {
    Path file = yaml("monitor:\n  pane: 10s\n  window-panes: 3\n  seed: 1\n");

    ParallaxConfig config =
        ParallaxConfig.load(
            Optional.of(file),
            Map.of("PARALLAX_MONITOR_WINDOW_PANES", "4", "PARALLAX_MONITOR_SEED", "2"),
            List.of("monitor.seed=3"));

    assertThat(config.monitor().pane()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.monitor().windowPanes()).isEqualTo(4);
    assertThat(config.monitor().seed()).isEqualTo(3);
  }

  @Test
  void keysMayBeNestedOrDottedAndListsWrittenEitherWay() throws IOException {
    Path file =
        yaml(
            """
            monitor.detector.margin: 0.1
            monitor: {detector: {floor: 0.5}, fleet: {page-budget: 2 per 7d}}
            ingest:
              sources: [a, b]
            topics:
            """);

    ParallaxConfig config = load(file);

    assertThat(config.monitor().detector()).isEqualTo(new MonitorSection.Detector(0.1, 0.5));
    assertThat(config.monitor().fleet().budget()).isEqualTo(new PageBudget(2, Duration.ofDays(7)));
    assertThat(config.ingest().sourceTopics()).containsExactly("a", "b");
    assertThat(
            ParallaxConfig.load(
                    Optional.of(file), Map.of("PARALLAX_INGEST_SOURCES", "c, d"), List.of())
                .ingest()
                .sourceTopics())
        .containsExactly("c", "d");
  }

  @Test
  void aStartGoesOnFromTheLatestFromNothingOrFromAPath() throws IOException {
    assertThat(load(yaml("monitor.pane: 1m\n")).monitor().restore())
        .isEqualTo(new Restore.Latest());
    assertThat(load(yaml("monitor.restore: none\n")).monitor().restore())
        .isEqualTo(new Restore.Nothing());
    assertThat(load(yaml("monitor.restore: kept/chk-7\n")).monitor().restore())
        .isEqualTo(new Restore.Snapshot(folder.resolve("kept/chk-7").toString()));
  }

  @Test
  void sourcesOfOtherFormatsAreNamedAndTyped() throws IOException {
    Path file =
        yaml(
            """
            sources:
              search:
                topic: knative-broker-prod-default
                envelope: cloudevents
                format: openai
                wait: 30s
                only:
                  inferenceservicename: embed-*
              app:
                topic: app-embeddings
                format: json-pointer
                fields: {id: /req_id, vector: /emb, model: /m}
            """);

    List<SourceConfig> sources = load(file).ingest().sources();

    assertThat(sources).extracting(SourceConfig::name).containsExactly("app", "search");
    assertThat(sources.get(0).envelope()).isEqualTo(Envelope.RAW);
    assertThat(sources.get(0).formatOptions().fields())
        .containsEntry(Field.ID, "/req_id")
        .containsEntry(Field.VECTOR, "/emb");
    assertThat(sources.get(1).format()).isEqualTo(Format.OPENAI);
    assertThat(sources.get(1).longestWait()).isEqualTo(Duration.ofSeconds(30));
    assertThat(sources.get(1).only()).containsEntry("inferenceservicename", "embed-*");
    assertThat(
            ParallaxConfig.load(
                    Optional.of(file),
                    Map.of(),
                    List.of("sources.search.wait=5s", "ingest.sources=native"))
                .ingest()
                .sources())
        .extracting(SourceConfig::name, SourceConfig::longestWait)
        .contains(
            tuple("search", Duration.ofSeconds(5)), tuple("native", SourceConfig.DEFAULT_WAIT));
  }

  @Test
  void mistakesInSourcesAreNamed() throws IOException {
    assertThatThrownBy(() -> load(yaml("sources: {a: {topic: t, format: opnai}}")))
        .hasMessageContaining("sources.a.format=opnai: expected native or openai");
    assertThatThrownBy(() -> load(yaml("sources: {a: {topik: t, format: openai}}")))
        .hasMessageContaining("unknown key sources.a.topik: did you mean sources.a.topic?");
    assertThatThrownBy(() -> load(yaml("sources: {a: {format: openai}}")))
        .hasMessageContaining("sources.a.topic is missing: expected a topic name");
    assertThatThrownBy(
            () -> load(yaml("sources: {a: {topic: t, request-topic: t, format: openai}}")))
        .hasMessageContaining("sources.a.request-topic=t: expected another topic");
  }

  @Test
  void aPathStartsFromTheFolderOfItsFile() throws IOException {
    Path file = yaml("reference.manifest: models/reference.json\ningest.state-dir: /state\n");

    ParallaxConfig config = load(file);

    assertThat(config.reference().encoder())
        .isEqualTo(new Encoder.Manifest(folder.resolve("models/reference.json")));
    assertThat(config.ingest().stateDir()).contains(Path.of("/state"));
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "5m, PT5M",
    "1h, PT1H",
    "7d, PT168H",
    "PT1H30M, PT1H30M"
  })
  void durationsAreWrittenAsPeopleDoOrAsIso8601(String text, Duration expected) {
    assertThat(ValueType.span(text)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          monitor.pane: 0s            | monitor.pane=0s: expected a duration above 0, such as 30s, 5m, 1h, 7d or PT30S
          monitor.pane: 30            | monitor.pane=30: expected a duration above 0, such as 30s, 5m, 1h, 7d or PT30S
          monitor.pane: [1m, 2m]      | monitor.pane=1m,2m: expected a duration above 0, such as 30s, 5m, 1h, 7d or PT30S
          monitor.window-panes: 1.5   | monitor.window-panes=1.5: expected a whole number from 1 to 10000
          topics.partitions: 0        | topics.partitions=0: expected a whole number from 1 to 10000
          exporter.port: 65536        | exporter.port=65536: expected a whole number from 0 to 65535
          monitor.detector.margin: .inf | monitor.detector.margin=.inf: expected a number from 0 to 10
          monitor.fleet.page-budget: often | monitor.fleet.page-budget=often: expected a number of pages per duration, such as 1 per 30d
          monitor.fleet.page-budget: 0 per 1d | monitor.fleet.page-budget=0 per 1d: expected a number of pages per duration, such as 1 per 30d
          monitor.fleet.page-budget: 1 per 0s | monitor.fleet.page-budget=1 per 0s: expected a number of pages per duration, such as 1 per 30d
          monitor.fleet.page-budget: 1 per pane | monitor.fleet.page-budget=1 per pane: expected a number of pages per duration, such as 1 per 30d
          monitor.fleet.common-cause-share: 2 | monitor.fleet.common-cause-share=2: expected a number from 0 to 1
          monitor.fleet.common-cause-least: 1 | monitor.fleet.common-cause-least=1: expected a whole number 2 or more
          monitor.detector.panes-between-false-alarms: 50 | unknown key monitor.detector.panes-between-false-alarms
          reference.kind: anchors     | reference.kind=anchors: expected encoder or attached
          provider: gpu               | provider=gpu: expected cpu, cuda or cuda:<device>, on CUDA also with +tf32
          topics.events: a b          | topics.events=a b: expected a topic name of letters, digits, '.', '_' and '-'
          kafka.bootstrap-servers: host | kafka.bootstrap-servers=host: expected host:port, several separated by commas
          reference.manifest: 'builtin:' | reference.manifest=builtin:: expected builtin:<name> or the path of a manifest
          monitor.seed: 99999999999999999999 | monitor.seed=99999999999999999999: expected a whole number
          monitor.panne: 1m           | unknown key monitor.panne: did you mean monitor.pane?
          weather: fine               | unknown key weather
          monitor.pane.unit: s        | unknown key monitor.pane.unit: did you mean monitor.pane?
          monitor: often              | monitor: expected keys and values
          monitor.pane: {a: 1}        | monitor.pane: expected a value, found further keys
          """)
  void aMistakeInTheFileNamesLineKeyValueAndExpectation(String line, String message)
      throws IOException {
    Path file = yaml("# first line\n" + line + "\n");

    CliException mistake = mistake(file);

    assertThat(mistake).hasMessage(file + ": line 2: " + message);
    assertThat(mistake.exitCode()).isEqualTo(1);
  }

  @Test
  void aKeyGivenTwiceIsAMistake() throws IOException {
    Path file = yaml("monitor:\n  pane: 1m\nmonitor.pane: 2m\n");

    assertThat(mistake(file)).hasMessage(file + ": line 3: monitor.pane is given twice");
  }

  @Test
  void textThatIsNotYamlIsOneLine() throws IOException {
    Path file = yaml("monitor:\n  pane: [1m\n");

    assertThat(mistake(file))
        .hasMessageStartingWith(file + ": line 3: not YAML: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileThatContainsItselfIsAMistakeAndNotALoop() throws IOException {
    Path file = yaml("monitor: &m\n  detector: *m\n");

    assertThat(mistake(file)).hasMessageContaining("unknown key monitor.detector.detector");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing.yaml");

    assertThat(mistake(missing))
        .hasMessage(missing + ": cannot read the configuration: no such file");
    assertThat(mistake(folder))
        .hasMessage(folder + ": cannot read the configuration: it is a folder");
  }

  @Test
  void aVariableOfOursThatIsNoKeyIsAMistake() {
    CliException mistake =
        catchThrowableOfType(
            CliException.class,
            () ->
                ParallaxConfig.load(
                    Optional.empty(), Map.of("PARALLAX_MONITOR_PANNE", "1m"), List.of()));

    assertThat(mistake)
        .hasMessage(
            "environment PARALLAX_MONITOR_PANNE: no such key: did you mean PARALLAX_MONITOR_PANE?");
    assertThat(mistake.exitCode()).isEqualTo(1);
  }

  @Test
  void variablesThatOthersOwnAreLeftAlone() {
    ParallaxConfig config =
        ParallaxConfig.load(
            Optional.empty(),
            Map.of(
                "PARALLAX_EXPORTER_PORT", "tcp://10.0.0.1:80",
                "PARALLAX_EXPORTER_SERVICE_HOST", "10.0.0.1",
                "PARALLAX_EXPORTER_SERVICE_PORT_HTTP", "80",
                "PARALLAX_EXPORTER_PORT_80_TCP_ADDR", "10.0.0.1",
                "PARALLAX_JAVA_OPTS", "-Xmx1g",
                "PARALLAX_BUILD_OPTS", "-Pgpu",
                "PATH", "/bin"),
            List.of());

    assertThat(config.exporter().port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          monitor.panne=1m | --set: unknown key monitor.panne: did you mean monitor.pane?
          monitor.pane     | --set: monitor.pane: expected key=value
          monitor.pane=x   | --set: monitor.pane=x: expected a duration above 0, such as 30s, 5m, 1h, 7d or PT30S
          """)
  void aMistakeInAFlagIsOneOfTheCommandLine(String flag, String message) {
    CliException mistake =
        catchThrowableOfType(
            CliException.class,
            () -> ParallaxConfig.load(Optional.empty(), Map.of(), List.of(flag)));

    assertThat(mistake).hasMessage(message);
    assertThat(mistake.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          reference.kind=attached | reference.id=: expected the id that the events carry, as reference.kind is attached
          monitor.silent-after=5s | monitor.silent-after=PT5S: expected monitor.pane=PT1M or more
          topics.alerts=parallax.scores | is used twice
          """)
  void keysThatDoNotFitTogetherAreAMistake(String flag, String message) {
    assertThat(
            catchThrowableOfType(
                CliException.class,
                () -> ParallaxConfig.load(Optional.empty(), Map.of(), List.of(flag))))
        .hasMessageContaining(message);
  }

  @Test
  void lineBreaksAtTheEndOfASecretDoNotCount() throws IOException {
    Files.writeString(folder.resolve("secret"), "0123456789abcdef\n");
    Files.writeString(folder.resolve("short"), "0123");

    assertThat(load(yaml("ingest.input-key-secret-file: secret\n")).ingest().readInputKeySecret())
        .hasValueSatisfying(secret -> assertThat(secret).asString().isEqualTo("0123456789abcdef"));
    IngestSection tooShort = load(yaml("ingest.input-key-secret-file: short\n")).ingest();
    assertThat(catchThrowableOfType(CliException.class, tooShort::readInputKeySecret))
        .hasMessage(
            "ingest.input-key-secret-file="
                + folder.resolve("short")
                + ": expected a secret of 16 bytes or more, the file holds 4");
  }

  @Test
  void clientPropertiesComeFromTheirFile() throws IOException {
    Files.writeString(folder.resolve("client.properties"), "security.protocol=SSL\n");

    assertThat(
            load(yaml("kafka.client-properties-file: client.properties\n"))
                .kafka()
                .clientProperties())
        .isEqualTo(Map.of("security.protocol", "SSL"));
    KafkaSection missing = load(yaml("kafka.client-properties-file: none\n")).kafka();
    assertThat(catchThrowableOfType(CliException.class, missing::clientProperties))
        .hasMessageEndingWith(": expected a readable properties file, no such file");
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("parallax.yaml"), text);
  }

  private static ParallaxConfig load(Path file) {
    return ParallaxConfig.load(Optional.of(file), Map.of(), List.of());
  }

  private static CliException mistake(Path file) {
    return catchThrowableOfType(CliException.class, () -> load(file));
  }

  @Test
  void furtherReferencesHaveNames() {
    ParallaxConfig config =
        with(
            "references.copy.manifest=builtin:bge-small-en-v1.5-q",
            "references.copy.models=search,rerank",
            "references.shadow.kind=attached",
            "references.shadow.id=next");

    assertThat(config.furtherReferences())
        .extracting(further -> further.reference().id().orElseThrow())
        .containsExactly("copy", "next");
    assertThat(config.furtherReferences().get(0).models()).containsOnly("search", "rerank");
    assertThat(config.furtherReferences().get(1).models()).isEmpty();
    assertThat(config.references()).hasSize(3);
  }

  @Test
  void aFurtherReferenceNeedsAnEncoderUnlessAttached() {
    assertThatThrownBy(() -> with("references.copy.models=search"))
        .hasMessageContaining("references.copy.manifest is missing");
    assertThatThrownBy(() -> with("references.copy.manifes=builtin:bge-small-en-v1.5-q"))
        .hasMessageContaining("references.copy.manifest");
  }

  private static ParallaxConfig with(String... flags) {
    return ParallaxConfig.load(Optional.empty(), Map.of(), List.of(flags));
  }
}
