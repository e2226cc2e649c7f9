package dev.parallax.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.cli.CommandRun;
import dev.parallax.cli.embedded.EmbeddedKafka;
import dev.parallax.cli.ingest.SourceTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SourceCheckTest {

  private static final int CALLS = 25;

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
  void aSourceThatIsAsDescribedPassesAndSaysWhatIsSeen() throws Exception {
    try (SourceTopics topics = source("fine", "format: openai", "id-header: call")) {
      calls(topics, "fine.requests", "fine.answers");

      CommandRun run = doctor(topics);

      assertThat(run.exitCode()).as(run.out()).isZero();
      assertThat(run.out())
          .contains("ok    topic          fine.answers, the newest 25 records of 1 partitions")
          .contains("ok    envelope       raw; 50 of 50 records look like raw")
          .contains("ok    format         openai; records look like 50 openai of 50")
          .contains("ok    halves         25 requests, 25 responses, 25 pairs")
          .contains("ok    vectors        dimension [2], [F32], models [m]")
          .contains("ok    decoded        50 of 50 records");
    }
  }

  @Test
  void anotherFormatIsNamed() throws Exception {
    try (SourceTopics topics = source("format", "format: oip-json", "id-header: call")) {
      calls(topics, "format.requests", "format.answers");

      isToldTo(
          topics,
          "sources.search.format: openai  # records look like 50 openai of 50, not oip-json");
    }
  }

  @Test
  void anotherEnvelopeIsNamed() throws Exception {
    try (SourceTopics topics = source("envelope", "format: openai", "envelope: raw")) {
      for (int call = 0; call < CALLS; call++) {
        topics.publish("envelope.requests", request(call), cloudEvent(call, "request"));
        topics.publish("envelope.answers", response(call), cloudEvent(call, "response"));
      }

      isToldTo(
          topics,
          "sources.search.envelope: cloudevents"
              + "  # 50 of 50 records look like cloudevents, not raw");
    }
  }

  @Test
  void anEnvelopeThatIsNotThereIsNamedTogetherWithTheHeaderOfTheIds() throws Exception {
    try (SourceTopics topics = source("bare", "format: tei", "envelope: cloudevents")) {
      for (int call = 0; call < CALLS; call++) {
        topics.publish(
            "bare.requests", "{\"inputs\": \"text\"}", "trace", "t", "req-id", "call-" + call);
        topics.publish("bare.answers", "[[1, 2]]", "trace", "t", "req-id", "call-" + call);
      }

      isToldTo(
          topics,
          "sources.search.envelope: raw  # 50 of 50 records look like raw, not cloudevents",
          "sources.search.id-header: req-id  # calls have no id but in the header req-id",
          "sources.search.model: <its name>  # no record names one");
    }
  }

  @Test
  void idsInAHeaderAreFound() throws Exception {
    try (SourceTopics topics = source("ids", "format: openai", "envelope: raw")) {
      calls(topics, "ids.requests", "ids.answers");

      isToldTo(topics, "sources.search.id-header: call  # calls have no id but in the header call");
    }
  }

  @Test
  void topicsThatAreSwappedAreTold() throws Exception {
    try (SourceTopics topics = source("swapped", "format: openai", "id-header: call")) {
      calls(topics, "swapped.answers", "swapped.requests");

      isToldTo(
          topics,
          "sources.search.topic: swapped.requests  # holds the responses",
          "sources.search.request-topic: swapped.answers  # holds the requests");
    }
  }

  @Test
  void aSourceWithoutRequestsIsToldWhereTheyMayBe() throws Exception {
    try (SourceTopics topics =
        new SourceTopics(
            kafka.bootstrapServers(),
            Files.createDirectory(folder.resolve("half")),
            """
            search:
              topic: half.outputs
              format: openai
              id-header: call
            other:
              topic: half.inputs
              format: openai
            """)) {
      for (int call = 0; call < CALLS; call++) {
        topics.publish("half.outputs", response(call), "call", "call-" + call);
      }

      isToldTo(
          topics,
          "sources.search.request-topic: half.inputs"
              + "  # 25 responses and no request; a KServe logger needs mode: all");
    }
  }

  @Test
  void anotherOutputTensorIsNamed() throws Exception {
    try (SourceTopics topics =
        source("tensor", "format: oip-json", "output-tensor: sentence_embedding")) {
      for (int call = 0; call < CALLS; call++) {
        topics.publish(
            "tensor.requests",
            """
            {"id": "%d", "model_name": "m", "inputs": [{"name": "text", "datatype": "BYTES",
             "shape": [1], "data": ["t"]}]}
            """
                .formatted(call));
        topics.publish(
            "tensor.answers",
            """
            {"id": "%d", "model_name": "m", "outputs": [{"name": "pooled", "datatype": "FP32",
             "shape": [1, 3], "data": [1, 2, 3]}, {"name": "n", "datatype": "INT32",
             "shape": [1], "data": [1]}]}
            """
                .formatted(call));
      }

      isToldTo(
          topics,
          "sources.search.output-tensor: pooled"
              + "  # no tensor of floats is called sentence_embedding");
      assertThat(doctor(topics).out())
          .contains("pooled FP32[1,3], n INT32[1]")
          .contains("dimension [3]");
    }
  }

  @Test
  void aFilterThatMatchesNothingIsToldWhatIsThere() throws Exception {
    try (SourceTopics topics =
        source(
            "filter",
            "format: openai",
            "envelope: cloudevents",
            "only.type: org.kubeflow.serving.*",
            "only.inferenceservicename: serach*")) {
      for (int call = 0; call < CALLS; call++) {
        topics.publish("filter.requests", request(call), cloudEvent(call, "request"));
        topics.publish("filter.answers", response(call), cloudEvent(call, "response"));
      }

      isToldTo(
          topics, "sources.search.only.inferenceservicename: search  # serach* matches nothing");
    }
  }

  @Test
  void vectorsThatAreTooWideNameTheLimit() throws Exception {
    try (SourceTopics topics = source("wide", "format: openai", "id-header: call")) {
      calls(topics, "wide.requests", "wide.answers");

      isToldTo(
          topics,
          List.of("--set", "ingest.limits.max-dimension=1"),
          "ingest.limits.max-dimension: 2  # vectors of 2, limit 1");
    }
  }

  @Test
  void topicsThatAreMissingOrEmptyAreTold() throws Exception {
    try (SourceTopics topics = source("missing", "format: openai", "id-header: call")) {
      CommandRun empty = doctor(topics);
      assertThat(empty.out()).contains("fail  topic          missing.answers holds no records");
      assertThat(empty.exitCode()).isEqualTo(1);

      topics.publish("missing.requests", request(1), "call", "1");
      isToldTo(
          topics,
          List.of("--set", "sources.search.topic=missing.answer"),
          "sources.search.topic: missing.answers  # no missing.answer",
          "sources.search.topic: <the topic of the responses>  # 1 requests and no response");
    }
  }

  @Test
  void aTopicOfNativeEventsThatHoldsOthersIsASourceOfItsOwn() throws Exception {
    try (SourceTopics topics = source("native", "format: openai", "id-header: call")) {
      calls(topics, "native.requests", "native.answers");

      CommandRun run =
          CommandRun.of(
              "doctor",
              "--config",
              topics.config().toString(),
              "--set",
              "ingest.sources=native.answers",
              "--source",
              "native.answers");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("sources.<name>.format: openai  # ");
    }
  }

  @Test
  void whatNobodyKnowsIsCountedByItsReasons() throws Exception {
    try (SourceTopics topics = source("noise", "format: openai", "id-header: call")) {
      for (int call = 0; call < CALLS; call++) {
        topics.publish("noise.answers", "nonsense", "call", "call-" + call);
        topics.publish("noise.requests", "{\"error\": \"no\"}", "call", "call-" + call);
      }

      CommandRun run = doctor(topics);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out())
          .contains("fail  decoded        0 of 50 records; 25 error-body (")
          .contains("25 malformed (not JSON");
    }
  }

  @Test
  void theFindingsAreJsonWhereAskedFor() throws Exception {
    try (SourceTopics topics = source("json", "format: oip-json", "id-header: call")) {
      calls(topics, "json.requests", "json.answers");

      CommandRun run =
          CommandRun.of(
              "doctor", "--json", "--config", topics.config().toString(), "--source", "search");

      JsonNode report = new ObjectMapper().readTree(run.out());
      assertThat(report.get("ok").asBoolean()).isFalse();
      assertThat(report.get("checks").findValuesAsText("check"))
          .contains("topic", "request-topic", "envelope", "format", "halves", "decoded")
          .doesNotContain("memory", "reference");
    }
  }

  @Test
  void aSourceThatIsNotConfiguredIsAUsageError() throws IOException {
    CommandRun.of("doctor", "--source", "search", "--set", "ingest.sources=app")
        .failedWith(2, "parallax doctor: --source search: expected one of app");
  }

  private static SourceTopics source(String name, String... lines) throws IOException {
    StringBuilder section = new StringBuilder("search:\n");
    section.append("  topic: ").append(name).append(".answers\n");
    section.append("  request-topic: ").append(name).append(".requests\n");
    for (String line : lines) {
      section.append("  ").append(line).append('\n');
    }
    return new SourceTopics(
        kafka.bootstrapServers(), Files.createDirectory(folder.resolve(name)), section.toString());
  }

  private static void calls(SourceTopics topics, String requests, String responses) {
    for (int call = 0; call < CALLS; call++) {
      topics.publish(requests, request(call), "call", "call-" + call);
      topics.publish(responses, response(call), "call", "call-" + call);
    }
  }

  private static String request(int call) {
    return "{\"input\": \"text %d\", \"model\": \"m\"}".formatted(call);
  }

  private static String response(int call) {
    return "{\"data\": [{\"embedding\": [%d, 1]}]}".formatted(call);
  }

  private static String[] cloudEvent(int call, String side) {
    return new String[] {
      "ce_specversion", "1.0",
      "ce_id", "call-" + call,
      "ce_source", "/service",
      "ce_type", "org.kubeflow.serving.inference." + side,
      "ce_inferenceservicename", "search"
    };
  }

  private static void isToldTo(SourceTopics topics, String... lines) {
    isToldTo(topics, List.of(), lines);
  }

  /** Holds that it fails, and advises these lines and no others. */
  private static void isToldTo(SourceTopics topics, List<String> more, String... lines) {
    CommandRun run = doctor(topics, more.toArray(String[]::new));

    assertThat(run.out().lines().map(String::strip).filter(line -> line.contains("  # ")))
        .as(run.out())
        .containsExactly(lines);
    assertThat(run.exitCode()).isEqualTo(1);
  }

  private static CommandRun doctor(SourceTopics topics, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("doctor", "--config", topics.config().toString(), "--source", "search"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }
}
