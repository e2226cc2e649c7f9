package dev.parallax.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.cli.CommandRun;
import dev.parallax.core.embedding.InputKeyHasher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeCommandTest {

  private static final Path SAMPLES = Path.of("../ingest/src/test/resources/samples");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What becomes of every sample alone. */
  private static final String OUTCOMES =
      """
          bentoml/monitoring-data-log.jsonl                            | no-float-output no-float-output
          bentoml/monitoring-schema-log.jsonl                          | no-float-output
          bentoml/otlp-log-body.json                                   | no-float-output
          kserve-cloudevents/knative-broker-request.record.json        | request of 2
          kserve-cloudevents/knative-broker-response.record.json       | no-float-output
          kserve-cloudevents/oip-embedding-request.record.json         | request of 1
          kserve-cloudevents/oip-embedding-response.record.json        | response 384
          kserve-cloudevents/structured-request.record.json            | request of 2
          kserve-cloudevents/structured-response.record.json           | no-float-output
          mlserver-kafka/input.record.json                             | request of 1
          mlserver-kafka/output.record.json                            | no-float-output
          oip-v2/binary-response-fp16-and-json-fp32.json               | response 8 response 8
          oip-v2/infer-request.json                                    | missing-input
          oip-v2/infer-response.json                                   | response 2 response 2 response 2
          oip-v2/infer-response.verbatim-not-json.txt                  | malformed
          oip-v2/mlserver-response-fp32.json                           | no-float-output
          oip-v2/text-embedding-request-bytes.json                     | request of 1
          openai-embeddings/ada-002-response-float.json                | response 1536
          openai-embeddings/litellm-request-encoding-format-null.json  | request of 1
          openai-embeddings/request-array-base64.json                  | request of 1
          openai-embeddings/request-string-float.json                  | request of 1
          openai-embeddings/te3small-512-request-base64.json           | request of 1
          openai-embeddings/te3small-512-response-base64.json          | response 512
          openinference-otlp/otlp-json-export.record.json              | event 3
          openinference-otlp/spec-text-input-span.json                 | event 3
          openinference-otlp/spec-token-input-span.json                | event 3
          seldon-core-v2/model-inputs.record.json                      | missing-input
          seldon-core-v2/model-outputs.record.json                     | no-float-output
          seldon-core-v2/pipeline-outputs.record.json                  | no-float-output
          tei/embed-all-response-3d-not-pooled.json                    | not-pooled
          tei/embed-request.json                                       | request of 1
          tei/embed-response.json                                      | response 128
          tei/openai-request.json                                      | request of 1
          triton/binary-request-header.json                            | malformed
          triton/binary-response-header.json                           | malformed
          triton/classification-response-not-embedding.json            | no-float-output
          triton/openai-frontend-response-base64.json                  | response 384
          triton/raw-binary-two-outputs-response-header.json           | malformed
          vllm/cohere-v2-embed-request.json                            | request of 1
          vllm/error-response.json                                     | error-body
          vllm/jina-v3-dim32-request.json                              | request of 1
          vllm/jina-v3-dim32-response.json                             | response 32
          """;

  private static final String SENTENCE = "This is an example sentence.";
  private static final String SECRET = "0123456789abcdef";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = OUTCOMES)
  void everySampleIsWhatItsDescriptionSays(String file, String expected) {
    CommandRun run = decode(SAMPLES.resolve(file));

    assertThat(String.join(" ", lines(run).stream().map(DecodeCommandTest::outcome).toList()))
        .isEqualTo(expected);
    boolean rejected = lines(run).stream().anyMatch(line -> line.has("rejected"));
    assertThat(run.exitCode()).isEqualTo(rejected ? 1 : 0);
  }

  @Test
  void noSampleIsLeftOut() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      assertThat(files.filter(Files::isRegularFile).map(SAMPLES::relativize).map(Path::toString))
          .filteredOn(file -> !file.equals("README.md"))
          .containsExactlyInAnyOrderElementsOf(
              OUTCOMES.lines().map(line -> line.split("[|]", 2)[0].strip()).toList());
    }
  }

  @Test
  void ofSeveralFloatOutputsEachIsShownUntilOneIsNamed() {
    Path file = SAMPLES.resolve("oip-v2/binary-response-fp16-and-json-fp32.json");

    List<JsonNode> both = lines(decode(file));
    JsonNode named =
        onlyLine(CommandRun.of("decode", "--output-tensor", "fp16_output", file.toString()));

    assertThat(both)
        .extracting(line -> line.get("tensor").asText())
        .containsExactly("fp16_output", "fp32_output");
    assertThat(vector(both.get(0)).get(0)).isEqualTo(6.80078125, within(1e-6));
    assertThat(vector(both.get(1)).get(0)).isEqualTo(6.8, within(1e-6));
    assertThat(named.get("dtype").asText()).isEqualTo("F16");
    assertThat(vector(named)).isEqualTo(vector(both.get(0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          openai-embeddings/te3small-512-request-base64.json      | openai-embeddings/te3small-512-response-base64.json     | text-embedding-3-small/unversioned@512
          vllm/jina-v3-dim32-request.json                         | vllm/jina-v3-dim32-response.json                        | jinaai/jina-embeddings-v3/unversioned@32
          tei/embed-request.json                                  | tei/embed-response.json                                 | unnamed/unversioned@128
          kserve-cloudevents/oip-embedding-request.record.json    | kserve-cloudevents/oip-embedding-response.record.json   | hf-text-embedding-v2/unversioned@384
          """)
  void aRequestAndItsResponseAreOneEvent(String request, String response, String model) {
    CommandRun run = decode(SAMPLES.resolve(request), SAMPLES.resolve(response));

    JsonNode event = onlyLine(run);
    assertThat(event.get("model").asText() + "/" + event.get("model_version").asText())
        .isEqualTo(model);
    assertThat(event.get("vector")).hasSize(event.get("dimension").asInt());
    assertThat(event.get("input_key").asText()).matches("[0-9a-f]{32}");
    assertThat(event.get("file").asText()).endsWith(response);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void oneTextThroughEveryRouteHasOneKeyAndOneVector() throws IOException {
    Path request = SAMPLES.resolve("kserve-cloudevents/oip-embedding-request.record.json");
    Path response = SAMPLES.resolve("kserve-cloudevents/oip-embedding-response.record.json");
    JsonNode oip = onlyLine(decode(request, response));
    List<Double> vector = vector(oip);
    assertThat(vector).hasSize(384);

    List<JsonNode> others =
        List.of(
            onlyLine(
                decode(
                    SAMPLES.resolve("openai-embeddings/request-string-float.json"),
                    write("float.json", openAi("%s".formatted(vector))))),
            onlyLine(
                decode(
                    SAMPLES.resolve("openai-embeddings/request-array-base64.json"),
                    write("base64.json", openAi("\"%s\"".formatted(base64(vector)))))),
            onlyLine(
                decode(
                    write("tei.json", "{\"inputs\": [\"%s\"]}".formatted(SENTENCE)),
                    write("tei-answer.json", "[%s]".formatted(vector)))),
            onlyLine(
                decode(
                    write("cohere.json", "{\"texts\": [\"%s\"]}".formatted(SENTENCE)),
                    write(
                        "cohere-answer.json",
                        "{\"id\": \"1\", \"embeddings\": {\"float\": [%s]}}".formatted(vector)))),
            onlyLine(
                decode(
                    SAMPLES.resolve("oip-v2/text-embedding-request-bytes.json"),
                    write(
                        "oip.json",
                        "{\"outputs\": [{\"name\": \"o\", \"datatype\": \"FP32\","
                            + " \"shape\": [1, 384], \"data\": %s}]}".formatted(vector)))));

    assertThat(others)
        .allSatisfy(
            other -> {
              assertThat(other.get("input_key")).isEqualTo(oip.get("input_key"));
              assertThat(vector(other)).hasSize(384);
              for (int i = 0; i < vector.size(); i++) {
                assertThat(vector(other).get(i)).isCloseTo(vector.get(i), within(1e-6));
              }
            });
  }

  @Test
  void aBatchIsOneLineForEachRow() {
    CommandRun run =
        decode(
            write("in.json", "{\"input\": [\"one\", \"two\"], \"model\": \"m\"}"),
            write(
                "out.json",
                "{\"data\": [{\"index\": 1, \"embedding\": [3, 4]},"
                    + " {\"index\": 0, \"embedding\": [0.1, 0.2]}]}"));

    assertThat(lines(run))
        .extracting(line -> vector(line).toString())
        .containsExactly("[0.1, 0.2]", "[3.0, 4.0]");
    assertThat(lines(run))
        .extracting(line -> line.get("input_text").asText())
        .containsExactly("one", "two");
    assertThat(lines(run))
        .extracting(line -> line.get("id").asText())
        .allMatch(id -> id.matches(".*out.json#[01]"));
  }

  @Test
  void halvesOfOneIdArePairedWhereverTheyStand() {
    CommandRun run =
        decode(
            write(
                "calls.jsonl",
                """
                {"id": "a", "outputs": [{"name": "o", "datatype": "FP32", "shape": [1, 2], "data": [1, 2]}]}

                {"id": "b", "inputs": [{"name": "i", "datatype": "BYTES", "shape": [1], "data": ["b"]}]}
                {"id": "c", "inputs": [{"name": "i", "datatype": "BYTES", "shape": [1], "data": ["c"]}]}
                not JSON at all
                {"id": "a", "inputs": [{"name": "i", "datatype": "BYTES", "shape": [1], "data": ["a"]}]}
                {"id": "b", "outputs": [{"name": "o", "datatype": "FP32", "shape": [1, 2], "data": [3, 4]}]}
                """));

    assertThat(lines(run).stream().map(DecodeCommandTest::outcome))
        .containsExactly("malformed", "event 2", "event 2", "request of 1");
    assertThat(lines(run))
        .extracting(line -> line.path("id").asText())
        .containsExactly("", "a", "b", "c");
    assertThat(lines(run).get(0).get("file").asText()).endsWith("calls.jsonl:5");
    assertThat(run.err()).isEqualTo("parallax decode: 1 of 4 lines are rejections\n");
  }

  @Test
  void bareBodiesOfOtherFormatsOrWithOtherIdsAreNoPair() {
    Path request = write("in.json", "{\"input\": \"text\", \"model\": \"m\"}");
    Path tei = write("tei.json", "[[1, 2]]");
    assertThat(lines(decode(request, tei)))
        .extracting(line -> line.get("half").asText())
        .containsExactly("request", "response");

    Path asked =
        write(
            "a.json",
            "{\"id\": \"a\", \"inputs\": [{\"name\": \"i\", \"datatype\": \"BYTES\","
                + " \"shape\": [1], \"data\": [\"x\"]}]}");
    Path answered =
        write(
            "b.json",
            "{\"id\": \"b\", \"outputs\": [{\"name\": \"o\", \"datatype\": \"FP32\","
                + " \"shape\": [1, 2], \"data\": [1, 2]}]}");
    assertThat(lines(decode(asked, answered)))
        .extracting(line -> line.get("half").asText())
        .containsExactly("request", "response");
  }

  @Test
  void aConfiguredSourceDecidesFormatNamesAndSecret() {
    Path secret = write("secret", SECRET);
    Path config =
        write(
            "parallax.yaml",
            """
            ingest.input-key-secret-file: %s
            sources:
              app:
                topic: app-embeddings
                format: json-pointer
                model: configured
                fields:
                  id: /req
                  input: /text
                  vector: /emb
                only:
                  app: shop-*
            """
                .formatted(secret));
    Path record =
        write(
            "record.json",
            """
            {"topic": "app-embeddings", "key": null, "headers": [["app", "shop-1"]],
             "value": {"req": "7", "text": "hello  world", "emb": [3, 4], "model": "other"}}
            """);
    Path other =
        write(
            "other.json",
            """
            {"topic": "app-embeddings", "key": null, "headers": [["app", "bank"]], "value": {}}
            """);

    CommandRun run =
        CommandRun.of(
            "decode",
            "--config",
            config.toString(),
            "--source",
            "app",
            record.toString(),
            other.toString());

    JsonNode event = lines(run).get(0);
    assertThat(event.get("id").asText()).isEqualTo("7");
    assertThat(event.get("source").asText()).isEqualTo("/app");
    assertThat(event.get("model").asText()).isEqualTo("configured");
    assertThat(event.get("input_key").asText())
        .isEqualTo(
            new InputKeyHasher(SECRET.getBytes(StandardCharsets.UTF_8))
                .keyOf("hello world")
                .toString());
    assertThat(lines(run).get(1).get("left_out").asBoolean()).isTrue();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void pointersNeedNoFormat() {
    Path body = write("body.json", "{\"emb\": [3, 4], \"text\": \"x\", \"at\": 1668660679}");

    JsonNode event =
        onlyLine(
            CommandRun.of(
                "decode",
                "--field",
                "vector=/emb",
                "--field",
                "input=/text",
                "--field",
                "time=/at",
                body.toString()));

    assertThat(vector(event)).containsExactly(3.0, 4.0);
    assertThat(event.get("time").asText()).isEqualTo("2022-11-17T04:51:19.000Z");
    assertThat(event.get("id").asText()).isEqualTo(body.toString());
  }

  @Test
  void textsStayBehindWhereTheReferenceDoesNotNeedThem() {
    String[] pair = {
      write("in.json", "{\"input\": \"text\", \"model\": \"m\"}").toString(),
      write("out.json", "{\"data\": [{\"embedding\": [1, 2]}]}").toString()
    };

    assertThat(onlyLine(CommandRun.of("decode", pair[0], pair[1])).has("input_text")).isTrue();
    CommandRun attached =
        CommandRun.of(
            "decode",
            "--set",
            "reference.kind=attached",
            "--set",
            "reference.id=r",
            pair[0],
            pair[1]);
    assertThat(onlyLine(attached).has("input_text")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{"index": 0, "score": 0.9}] | no-float-output
          [0.9, 0.1]                   | no-float-output
          []                           | count-mismatch
          {"some": "thing"}            | malformed
          "text"                       | malformed
          {"detail": "Not found"}      | error-body
          nothing                      | malformed
          """)
  void whatLooksLikeNoFormatIsTurnedAwayAllTheSame(String body, String reason) {
    assertThat(onlyLine(decode(write("body", body))).get("rejected").asText()).isEqualTo(reason);
  }

  @Test
  void anEmptyFileIsMalformed() {
    assertThat(onlyLine(decode(write("empty", ""))).get("rejected").asText())
        .isEqualTo("malformed");
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, -1f, 1e-38f, 3.4e38f, 0.13574219f, Float.MIN_VALUE, 1 / 3f})
  void aNumberIsTheShortestThatIsTheSameFloat(float element) {
    assertThat((float) DecodedLines.shortest(element)).isEqualTo(element);
    assertThat(DecodedLines.shortest(0.1f)).isEqualTo(0.1);
  }

  @Test
  void mistakesAreOneLine() {
    Path body = write("body.json", "{}");
    assertThat(CommandRun.of("decode", "--format", "opanai", body.toString()).err())
        .contains("'opanai' is not a format: expected one of [native, openai,")
        .hasLineCount(1);
    CommandRun.of("decode", "--field", "vektor=/a", body.toString())
        .failedWith(
            2,
            "parallax decode: --field vektor:"
                + " expected id, model, version, time, input or vector");
    CommandRun.of("decode", "--source", "serach", "--set", "ingest.sources=search", body.toString())
        .failedWith(
            2, "parallax decode: --source serach: expected one of search: did you mean search?");
    CommandRun.of("decode", folder.resolve("none").toString())
        .failedWith(
            1, "parallax decode: " + folder.resolve("none") + ": cannot be read: no such file");
    CommandRun.of("decode", folder.toString())
        .failedWith(1, "parallax decode: " + folder + ": cannot be read: it is a folder");
    assertThat(CommandRun.of("decode", "--format", "json-pointer", body.toString()).exitCode())
        .isEqualTo(2);
  }

  @Test
  void theHelpSaysThatKeysCompareOnlyAmongThemselves() {
    assertThat(CommandRun.of("decode", "--help").out().replaceAll("\\s+", " "))
        .contains("they compare only among themselves");
  }

  private static String outcome(JsonNode line) {
    if (line.has("rejected")) {
      return line.get("rejected").asText();
    }
    if (line.path("half").asText().equals("request")) {
      return "request of " + line.get("input_keys").size();
    }
    String kind = line.has("half") ? line.get("half").asText() : "event";
    assertThat(line.get("vector")).hasSize(line.get("dimension").asInt());
    return kind + " " + line.get("dimension").asInt();
  }

  private static CommandRun decode(Path... files) {
    return CommandRun.of(
        Stream.concat(Stream.of("decode"), Stream.of(files).map(Path::toString))
            .toArray(String[]::new));
  }

  private static JsonNode onlyLine(CommandRun run) {
    List<JsonNode> lines = lines(run);
    assertThat(lines).as(run.out() + run.err()).hasSize(1);
    return lines.get(0);
  }

  private static List<JsonNode> lines(CommandRun run) {
    return run.out().lines().map(DecodeCommandTest::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  private static List<Double> vector(JsonNode line) {
    List<Double> vector = new ArrayList<>();
    line.get("vector").forEach(element -> vector.add(element.asDouble()));
    return vector;
  }

  private static String openAi(String embedding) {
    return "{\"object\": \"list\", \"model\": \"m\", \"data\": [{\"index\": 0, \"embedding\": "
        + embedding
        + "}]}";
  }

  private static String base64(List<Double> vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.size()).order(ByteOrder.LITTLE_ENDIAN);
    vector.forEach(element -> bytes.putFloat(element.floatValue()));
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
