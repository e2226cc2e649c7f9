package dev.parallax.ingest.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.Rejection;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every sample in JSON decodes to what the samples' README says. */
class SampleBodiesTest {

  private static final List<String> FOLDERS =
      List.of(
          "openai-embeddings",
          "tei",
          "vllm",
          "oip-v2",
          "mlserver-kafka",
          "kserve-cloudevents",
          "triton",
          "bentoml");

  private static final Set<String> OF_OTHER_TESTS =
      Set.of("bentoml/monitoring-data-log.jsonl", "oip-v2/binary-response-fp16-and-json-fp32.json");

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      textBlock =
"""
openai | openai-embeddings/request-string-float.json -> request -|text-embedding-openai|- of [This is an example sentence.]
openai | openai-embeddings/request-array-base64.json -> request -|text-embedding-openai|- of [This is an example sentence.]
openai | openai-embeddings/litellm-request-encoding-format-null.json -> request -|text-embedding-ada-002|- of [hello world]
openai | openai-embeddings/te3small-512-request-base64.json -> request -|text-embedding-3-small|- of [hello world]
openai | openai-embeddings/ada-002-response-float.json -> response -|text-embedding-ada-002-v2|- of [F32x1536]
openai | openai-embeddings/te3small-512-response-base64.json -> response -|text-embedding-3-small|- of [F32x512]
openai | tei/openai-request.json -> request -|text-embeddings-inference|- of [What is Deep Learning?]
openai | triton/openai-frontend-response-base64.json -> response -|all-MiniLM-L6-v2|- of [F32x384]
openai | vllm/jina-v3-dim32-request.json -> request -|jinaai/jina-embeddings-v3|- of [Follow the white rabbit.]
openai | vllm/jina-v3-dim32-response.json -> response embd-5c21fc9a5c9d4384a1b021daccaf9f64|jinaai/jina-embeddings-v3|- of [F32x32]
openai | vllm/error-response.json -> error-body: the server answered with an error, type BadRequestError, code 400
tei | tei/embed-request.json -> request -|-|- of [test]
tei | tei/embed-response.json -> response -|-|- of [F32x128]
tei | tei/openai-request.json -> request -|text-embeddings-inference|- of [What is Deep Learning?]
tei | tei/embed-all-response-3d-not-pooled.json -> not-pooled: three axes, as /embed_all answers; expected a list of vectors
cohere-v2 | vllm/cohere-v2-embed-request.json -> request -|Snowflake/snowflake-arctic-embed-m-v1.5|- of [What is machine learning?]
cohere-v2 | vllm/error-response.json -> error-body: the server answered with an error, type BadRequestError, code 400
oip-json | oip-v2/infer-request.json -> missing-input: expected one input, or one named as input tensor; inputs are input0 UINT32[2,2], input1 BOOL[3]
oip-json | oip-v2/infer-response.json -> response 42|-|- of [F32x2, F32x2, F32x2]
oip-json | oip-v2/infer-response.verbatim-not-json.txt -> malformed: not JSON: Unexpected character ('"' (code 34)): was expecting comma to separate Object entries, at byte 18
oip-json | oip-v2/text-embedding-request-bytes.json -> request -|-|- of [This is an example sentence.]
oip-json | oip-v2/mlserver-response-fp32.json -> no-float-output: output output-0 FP32[1] is a prediction; an embedding has 2 elements or more
oip-json | triton/binary-request-header.json -> missing-input: expected one input, or one named as input tensor; inputs are input0 UINT32[2,2], input1 BOOL[3]
oip-json | triton/binary-response-header.json -> missing-field: tensor output0 FP32[3,2] has no data: it is binary, behind the JSON
oip-json | triton/raw-binary-two-outputs-response-header.json -> no-float-output: no float output of width 2 or more; outputs are output0 FP32[3,1], output1 FP32[3,1]
oip-json | triton/classification-response-not-embedding.json -> no-float-output: no float output; outputs are output0 STRING[2]
mlserver | mlserver-kafka/input.record.json -> request -|-|- of [tensor [3] [1.0, 2.0, 3.0]]
mlserver | mlserver-kafka/output.record.json -> no-float-output: output output-0 FP32[1] is a prediction; an embedding has 2 elements or more
oip-json | kserve-cloudevents/oip-embedding-request.record.json -> request -|-|- of [This is an example sentence.]
oip-json | kserve-cloudevents/oip-embedding-response.record.json -> response 9f1b2c61-7f3d-4a6e-9a53-2f1f0f7f4f10|hf-text-embedding-v2|- of [F32x384]
oip-json | kserve-cloudevents/knative-broker-request.record.json -> request -|-|- of [tensor [4] [6.8, 2.8, 4.8, 1.4], tensor [4] [6.0, 3.4, 4.5, 1.6]]
oip-json | kserve-cloudevents/knative-broker-response.record.json -> no-float-output: no float output; predictions is an array of 2 numbers
oip-json | kserve-cloudevents/structured-request.record.json -> request -|-|- of [tensor [4] [6.8, 2.8, 4.8, 1.4], tensor [4] [6.0, 3.4, 4.5, 1.6]]
oip-json | kserve-cloudevents/structured-response.record.json -> no-float-output: no float output; predictions is an array of 2 numbers
bentoml | bentoml/monitoring-schema-log.jsonl -> no-float-output: the line that states the schema, no event
bentoml | bentoml/otlp-log-body.json -> no-float-output: no column of numbers; columns are [sepal length, sepal width, petal length, petal width, pred]
""")
  void aSampleDecodesToWhatItsReadmeSays(String sample, String expected) {
    String[] formatAndFile = sample.split(" \\| ");
    BodyReader reader =
        BodyReaders.of(
            Format.named(formatAndFile[0]).orElseThrow(), FormatOptions.NONE, EventLimits.DEFAULT);

    assertThat(outcome(reader, Samples.body(formatAndFile[1]))).isEqualTo(expected);
  }

  @Test
  void noSampleIsLeftOut() {
    Set<String> all = new TreeSet<>();
    FOLDERS.forEach(folder -> all.addAll(Samples.below(folder)));
    all.removeAll(OF_OTHER_TESTS);
    Set<String> here = new TreeSet<>();
    String[] rows =
        Arrays.stream(getClass().getDeclaredMethods())
            .flatMap(method -> Stream.ofNullable(method.getAnnotation(CsvSource.class)))
            .flatMap(source -> source.textBlock().lines())
            .toArray(String[]::new);
    for (String row : rows) {
      here.add(row.substring(row.indexOf("| ") + 2, row.indexOf(" ->")));
    }

    assertThat(here).isEqualTo(all);
  }

  @Test
  void linesOfAMonitoringLogAreTextsWithoutAVector() {
    BodyReader reader = new BentoMlReader(FormatOptions.NONE);
    new String(Samples.bytes("bentoml/monitoring-data-log.jsonl"), UTF_8)
        .lines()
        .forEach(
            line ->
                assertThat(outcome(reader, Payloads.json(line.replace("'", ""))))
                    .isEqualTo(
                        "no-float-output: no column of numbers;"
                            + " columns are [input_text, summarized_text]"));
  }

  @Test
  void vectorsAreThoseOfTheSamples() {
    BodyReader openAi = new OpenAiReader();

    assertThat(first(openAi, "openai-embeddings/ada-002-response-float.json"))
        .startsWith(-0.016099498f, 0.001368687f, -0.019484723f);
    assertThat(first(openAi, "vllm/jina-v3-dim32-response.json"))
        .startsWith(-0.3828125f, -0.1357421875f, 0.03759765625f);
    assertThat(norm(first(openAi, "openai-embeddings/te3small-512-response-base64.json")))
        .isCloseTo(1, within(1e-3));
    assertThat(norm(first(openAi, "triton/openai-frontend-response-base64.json")))
        .isCloseTo(1, within(1e-3));
    assertThat(norm(first(new TeiReader(), "tei/embed-response.json"))).isCloseTo(1, within(1e-3));
    assertThat(first(new OipJsonReader(FormatOptions.NONE), "oip-v2/infer-response.json"))
        .containsExactly(1, 1.1f);
  }

  private static String outcome(BodyReader reader, Body body) {
    try {
      return Payloads.describe(reader.read(body));
    } catch (RejectedBodyException e) {
      Rejection rejection = e.rejection();
      return rejection.reason().label() + ": " + rejection.detail();
    }
  }

  private static float[] first(BodyReader reader, String sample) {
    Payload.Response response = (Payload.Response) Payloads.read(reader, Samples.body(sample));
    return ((ModelOutput.Embedding) response.outputs().get(0)).vector().toFloats();
  }

  private static double norm(float[] vector) {
    double sum = 0;
    for (float element : vector) {
      sum += (double) element * element;
    }
    return Math.sqrt(sum);
  }
}
