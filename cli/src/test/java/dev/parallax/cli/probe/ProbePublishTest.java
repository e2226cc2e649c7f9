package dev.parallax.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.cli.CommandRun;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.cli.ingest.SourceTopics;
import dev.parallax.cli.probe.EmbeddingServer.Fault;
import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.probe.ProbeAttributes;
import dev.parallax.core.probe.ProbeBaseline;
import dev.parallax.core.probe.ProbeChange;
import dev.parallax.core.probe.ProbeComparison;
import dev.parallax.core.probe.ProbeCycle;
import dev.parallax.core.probe.ProbeSet;
import dev.parallax.ingest.source.NativeHeaders;
import dev.parallax.onnx.encoder.BundledEncoders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code parallax probe} with a real broker and a real model. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ProbePublishTest {

  private static final String NO_SOURCE =
      """
      unused:
        topic: unused
        format: native
      """;

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.temporary();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void theEventsOfCyclesSayThatTheyAreProbesAndTellASwap() throws Exception {
    try (SourceTopics topics = topics("probes");
        ServedModels models = new ServedModels();
        EmbeddingServer server = new EmbeddingServer(models.steady(BundledEncoders.E5_QUANTISED))) {
      CommandRun healthy = probe(server, topics, "--count", "3", "--every", "1ms");
      server.swap(models.steady(BundledEncoders.BGE_QUANTISED));
      CommandRun swapped = probe(server, topics, "--count", "1");

      assertThat(healthy.exitCode()).as(healthy.err()).isZero();
      assertThat(swapped.exitCode()).as(swapped.err()).isZero();
      assertThat(healthy.out().lines())
          .hasSize(3)
          .allMatch(line -> line.endsWith(" s, published as hosted-embedder/unversioned@384"));
      ProbeSet set = ProbeFile.builtin();
      List<ConsumerRecord<byte[], byte[]>> records = topics.events();
      assertThat(records).hasSize(4 * 64);
      Map<Long, Map<InputKey, float[]>> cycles = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        EmbeddingEvent event = decoded(record);
        assertThat(NativeHeaders.isProbe(record.headers())).isTrue();
        assertThat(event.probe()).isTrue();
        assertThat(record.key()).isEqualTo(event.inputKey().orElseThrow().toBytes());
        assertThat(text(record, EventHeaders.SUBJECT)).isEqualTo("hosted-embedder/unversioned@384");
        assertThat(text(record, EventHeaders.SOURCE)).isEqualTo("/parallax/probe");
        assertThat(event.attributes())
            .containsEntry(ProbeAttributes.COUNT, "64")
            .containsEntry(ProbeAttributes.SET, set.digest().substring(0, 16));
        cycles
            .computeIfAbsent(
                Long.parseLong(event.attributes().get(ProbeAttributes.CYCLE)),
                start -> new HashMap<>())
            .put(event.inputKey().orElseThrow(), event.vector().toFloats());
      }
      InputKeyHasher hasher =
          new InputKeyHasher("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
      assertThat(cycles.values())
          .hasSize(4)
          .allMatch(cycle -> cycle.keySet().containsAll(set.keys(hasher)));
      List<ProbeCycle> read = cycles.values().stream().map(ProbeCycle::of).toList();
      ProbeBaseline baseline = ProbeBaseline.of(set.digest(), read.subList(0, 3));
      assertThat(ProbeComparison.of(baseline, read.get(2)).change())
          .isEqualTo(ProbeChange.UNCHANGED);
      assertThat(ProbeComparison.of(baseline, read.get(3)).change())
          .isEqualTo(ProbeChange.DIVERGED);
    }
  }

  @Test
  void namesOfModelAndVersionAndTextsOfOnesOwnAreTaken() throws Exception {
    Path texts = folder.resolve("own.jsonl");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      lines.add("{\"id\": \"p%d\", \"text\": \"text %d\"}".formatted(i, i));
    }
    Files.write(texts, lines);
    try (SourceTopics topics = topics("named");
        EmbeddingServer server = new EmbeddingServer(given -> vectors(given.size()))) {
      CommandRun run =
          probe(
              server,
              topics,
              "--count",
              "1",
              "--set",
              texts.toString(),
              "--model",
              "search",
              "--version",
              "2026-11");

      assertThat(run.out()).contains("8 answers of width 4").endsWith("as search/2026-11\n");
      assertThat(topics.events())
          .hasSize(8)
          .allMatch(record -> text(record, EventHeaders.SUBJECT).equals("search/2026-11"));
      assertThat(topics.events().stream().map(r -> decoded(r).inputText().orElseThrow()))
          .containsExactlyInAnyOrder(
              "text 0", "text 1", "text 2", "text 3", "text 4", "text 5", "text 6", "text 7");
    }
  }

  @Test
  void aModelThatCannotBeNamedIsOneLine() throws Exception {
    try (SourceTopics topics = topics("unnameable");
        EmbeddingServer server = new EmbeddingServer(given -> vectors(given.size()))) {
      CommandRun run = probe(server, topics, "--count", "1", "--version", "a/b");

      assertThat(run.err())
          .startsWith("parallax probe: 0 of 64 answers published: rejected, ")
          .hasLineCount(1);
      assertThat(run.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void anEndpointThatNamesNoModelNeedsTheOption() throws Exception {
    try (SourceTopics topics = topics("nameless");
        EmbeddingServer server = new EmbeddingServer(given -> vectors(given.size()))) {
      server.next(
          Fault.body(
              "{\"data\": [" + "{\"embedding\": [1]},".repeat(63) + "{\"embedding\": [1]}]}"));

      probe(server, topics, "--batch", "64")
          .failedWith(1, "parallax probe: the endpoint names no model: expected --model NAME");
    }
  }

  private static float[][] vectors(int count) {
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = new float[] {1, i, i * i, 2};
    }
    return vectors;
  }

  private static EmbeddingEvent decoded(ConsumerRecord<byte[], byte[]> record) {
    return ((Decoded.Accepted) new EventCodec(EventLimits.DEFAULT).decode(record.value())).event();
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }

  private static SourceTopics topics(String name) throws Exception {
    return new SourceTopics(
        kafka.bootstrapServers(), Files.createDirectory(folder.resolve(name)), NO_SOURCE);
  }

  private static CommandRun probe(EmbeddingServer server, SourceTopics topics, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "probe",
                "--endpoint",
                server.url(),
                "--rate",
                "1000/s",
                "--config",
                topics.config().toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }
}
