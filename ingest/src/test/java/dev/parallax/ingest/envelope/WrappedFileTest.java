package dev.parallax.ingest.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.SampleFiles;
import dev.parallax.ingest.format.RejectedBodyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrappedFileTest {

  @Test
  void aWrappedRecordIsWhatItWas() {
    SourceRecord record = SampleFiles.record("mlserver-kafka/output.record.json");

    assertThat(record.topic()).isEqualTo("mlserver-output");
    assertThat(record.key()).asString(UTF_8).isEqualTo("123");
    assertThat(record.headers().lastHeader("Ce-Id").value()).asString(UTF_8).isEqualTo("123");
    assertThat(record.value()).asString(UTF_8).startsWith("{").endsWith("}").contains("21.0");
  }

  @Test
  void theTextOfAJsonValueIsTakenAsItStands() throws RejectedBodyException {
    String value = "{\"long\" : 1.10000000000000000000001,\n \"n\":9007199254740993}";
    String file =
        "{\"topic\":\"t\",\"headers\":[],\"other\":12, \"value\" : " + value + " , \"x\":1}";

    assertThat(read(file).value()).asString(UTF_8).isEqualTo(value);
  }

  @Test
  void aNumberIsAValueToo() throws RejectedBodyException {
    assertThat(read("{\"topic\":\"t\",\"headers\":[],\"value\":-1.50}").value())
        .asString(UTF_8)
        .isEqualTo("-1.50");
  }

  @Test
  void aValueThatIsAStringIsItsCharacters() throws RejectedBodyException {
    assertThat(read("{\"topic\":\"t\",\"headers\":[],\"value\":\"{\\\"é\\\":1}\"}").value())
        .asString(UTF_8)
        .isEqualTo("{\"é\":1}");
  }

  @Test
  void aNullKeyAndANullValueStayNull() throws RejectedBodyException {
    SourceRecord record = read("{\"topic\":\"t\",\"key\":null,\"headers\":[],\"value\":null}");

    assertThat(record.key()).isNull();
    assertThat(record.value()).isNull();
  }

  @Test
  void bytesComeFromBase64AndTheReadableFormIsNotLookedAt() {
    assertThat(SampleFiles.record("seldon-core-v2/model-inputs.record.json").value())
        .hasSize(82)
        .startsWith(0x2a, 0x27);
  }

  @Test
  void aBodyThatCameByHttpHasHeadersAndNoTopic() {
    String path = "oip-v2/binary-response-fp16-and-json-fp32.json";
    SourceRecord record = SampleFiles.record(path);

    assertThat(record.topic()).isEqualTo("file");
    assertThat(record.value()).hasSize(345 + 16);
    assertThat(SampleFiles.body(path).headLength()).hasValue(345);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tei/embed-response.json",
        "oip-v2/infer-response.verbatim-not-json.txt",
        "oip-v2/infer-request.json"
      })
  void anythingElseIsABareBody(String path) {
    SourceRecord record = SampleFiles.record(path);

    assertThat(record.value()).isEqualTo(SampleFiles.bytes(path));
    assertThat(record.headers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"topic\":\"t\",\"headers\":[[\"a\"]],\"value\":1}",
        "{\"topic\":\"t\",\"headers\":[[1,\"b\"]],\"value\":1}",
        "{\"topic\":\"t\",\"headers\":[],\"value_base64\":\"*\"}",
        "{\"body_base64\":\"AAA\\u00e9\"}"
      })
  void aWrongWrappingIsMalformed(String file) {
    assertThatExceptionOfType(RejectedBodyException.class)
        .isThrownBy(() -> read(file))
        .satisfies(e -> assertThat(e.rejection().reason()).isEqualTo(Reason.MALFORMED));
  }

  private static SourceRecord read(String file) throws RejectedBodyException {
    return WrappedFile.read(file.getBytes(UTF_8), "file", 7);
  }
}
