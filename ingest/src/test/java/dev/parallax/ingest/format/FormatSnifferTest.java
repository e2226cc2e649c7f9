package dev.parallax.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatSnifferTest {

  /** What files look like where their folder does not say it. */
  private static final Map<String, Optional<Format>> OTHERS =
      Map.of(
          "tei/openai-request.json", Optional.of(Format.OPENAI),
          "vllm/cohere-v2-embed-request.json", Optional.of(Format.COHERE_V2),
          "vllm/error-response.json", Optional.empty(),
          "triton/openai-frontend-response-base64.json", Optional.of(Format.OPENAI),
          "triton/classification-response-not-embedding.json", Optional.of(Format.OIP_JSON),
          "oip-v2/infer-response.verbatim-not-json.txt", Optional.empty(),
          "oip-v2/binary-response-fp16-and-json-fp32.json", Optional.of(Format.OIP_BINARY));

  private static final Map<String, Format> FOLDERS =
      Map.of(
          "openai-embeddings", Format.OPENAI,
          "vllm", Format.OPENAI,
          "tei", Format.TEI,
          "oip-v2", Format.OIP_JSON,
          "mlserver-kafka", Format.OIP_JSON,
          "kserve-cloudevents", Format.OIP_JSON,
          "triton", Format.OIP_BINARY,
          "seldon-core-v2", Format.OIP_PROTOBUF,
          "openinference-otlp", Format.OPENINFERENCE,
          "bentoml", Format.BENTOML);

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleLooksLikeItsFormat(String sample) {
    Optional<Format> expected =
        OTHERS.getOrDefault(
            sample, Optional.of(FOLDERS.get(sample.substring(0, sample.indexOf('/')))));

    assertThat(FormatSniffer.sniff(Samples.body(sample))).isEqualTo(expected);
  }

  @Test
  void aNativeEventLooksLikeOne() {
    byte[] event =
        EventCodec.encode(
            EmbeddingEvent.of("m", "1", WireVector.of(new float[] {1, 2}), new InputKey(1, 2)));

    assertThat(FormatSniffer.sniff(Body.of(event))).contains(Format.NATIVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{}", "[]", "[1,2]", "'x'", "{'error':'x'}", "{'a':{}} x", "hello"})
  void otherBodiesLookLikeNone(String body) {
    assertThat(FormatSniffer.sniff(Payloads.json(body))).isEmpty();
  }

  @Test
  void aRegistryPrefixIsSeenThrough() {
    byte[] message = Samples.body("seldon-core-v2/model-outputs.record.json").bytes();
    int start = message[0] == 0 ? 6 : 0;
    byte[] prefixed = new byte[message.length - start + 6];
    System.arraycopy(message, start, prefixed, 6, message.length - start);

    assertThat(FormatSniffer.sniff(Body.of(prefixed))).contains(Format.OIP_PROTOBUF);
  }

  @Test
  void cohereIsKnownByItsContentsAndTypes() {
    for (String body :
        List.of(
            "{'inputs':[{'content':[{'type':'text','text':'a'}]}]}",
            "{'images':['x']}",
            "{'id':'1','embeddings':{'float':[[1,2]]},'texts':['a']}")) {
      assertThat(FormatSniffer.sniff(Payloads.json(body))).contains(Format.COHERE_V2);
    }
  }

  private static Stream<String> samples() {
    return FOLDERS.keySet().stream()
        .flatMap(folder -> Samples.below(folder).stream())
        .filter(file -> !file.equals("bentoml/monitoring-data-log.jsonl"));
  }
}
