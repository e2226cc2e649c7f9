package dev.parallax.ingest.envelope;

import static dev.parallax.ingest.envelope.Records.rejectionOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.SampleFiles;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.format.Side;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsEnvelopeTest {

  private static final EnvelopeReader READER =
      EnvelopeReaders.of(Envelope.CLOUDEVENTS, EnvelopeOptions.NONE);

  @ParameterizedTest
  @CsvSource({
    "knative-broker-request,  REQUEST,  defb5816-35f7-4947-a2b1-b9e5d7764ad2, 2021-04-10T01:22:16.498Z",
    "knative-broker-response, RESPONSE, defb5816-35f7-4947-a2b1-b9e5d7764ad2, 2021-04-10T01:22:16.500Z",
    "structured-request,      REQUEST,  0009174a-24a8-4603-b098-09c8799950e9, 2021-04-10T00:23:26.078Z",
    "structured-response,     RESPONSE, 0009174a-24a8-4603-b098-09c8799950e9, 2021-04-10T00:23:26.080Z",
  })
  void bothHalvesOfACallInKserveHaveItsId(String file, Side side, String id, String time)
      throws Exception {
    Opened.Message message =
        open(SampleFiles.record("kserve-cloudevents/" + file + ".record.json"));

    assertThat(message.body().side()).contains(side);
    assertThat(message.names())
        .isEqualTo(new CallNames(Optional.of(id), Optional.of("sklearn-iris"), Optional.empty()));
    assertThat(message.source()).contains("http://localhost:9081/");
    assertThat(EventTime.format(message.timeMillis().getAsLong())).isEqualTo(time);
    assertThat(message.attributes()).isEqualTo(Map.of("namespace", "default"));
    assertThat(message.body().json().get(side == Side.REQUEST ? "instances" : "predictions"))
        .isPresent();
  }

  @Test
  void theComponentIsAnAttributeAndABlankEndpointIsNot() throws Exception {
    assertThat(open("kserve-cloudevents/oip-embedding-request.record.json").attributes())
        .isEqualTo(Map.of("namespace", "kserve-ci-e2e-test", "component", "predictor"));
  }

  @Test
  void bothHalvesOfACallInMlserverHaveItsId() throws Exception {
    Opened.Message request = open("mlserver-kafka/input.record.json");
    Opened.Message response = open("mlserver-kafka/output.record.json");

    assertThat(request.body().side()).contains(Side.REQUEST);
    assertThat(request.names())
        .isEqualTo(
            new CallNames(Optional.of("123"), Optional.of("sum-model"), Optional.of("v1.2.3")));
    assertThat(request.timeMillis()).isEmpty();
    assertThat(response.body().side()).contains(Side.RESPONSE);
    assertThat(response.names())
        .isEqualTo(new CallNames(Optional.of("123"), Optional.of("sum-model"), Optional.empty()));
    assertThat(response.timeMillis()).isEmpty();
    assertThat(response.source()).contains("io.seldon.serving.deployment.mlserver");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_", "Ce-", "ce-", "CE_"})
  void everySpellingOfTheHeadersIsRead(String prefix) throws Exception {
    Opened.Message message =
        open(
            Records.of("{}")
                .with(prefix + "Specversion", "1.0")
                .with(prefix + "ID", "i")
                .with(prefix + "source", "/s")
                .with(prefix + "Type", "x.response")
                .record());

    assertThat(message.names().id()).contains("i");
    assertThat(message.body().side()).contains(Side.RESPONSE);
  }

  @Test
  void ofAHeaderThatIsThereTwiceTheLastCountsAndTheSpellingOfKafkaFirst() throws Exception {
    assertThat(open(event("{}").with("Ce-Id", "other").with("ce_id", "last").record()).names().id())
        .contains("last");
    assertThat(open(event("{}").with("ce_id", "last").with("Ce-Id", "other").record()).names().id())
        .contains("last");
  }

  @Test
  void structuredModeSaysWhatBinaryModeSays() throws Exception {
    Opened.Message binary =
        open(event("{\"a\":1}").with("ce_time", "2026-01-02T03:04:05Z").record());

    for (String data :
        new String[] {
          "\"data\":{\"a\":1}", "\"data\":\"{\\\"a\\\":1}\"", "\"data_base64\":\"eyJhIjoxfQ==\""
        }) {
      Opened.Message structured =
          open(
              Records.of(
                      "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"/s\","
                          + "\"type\":\"x.request\",\"time\":\"2026-01-02T03:04:05Z\","
                          + data
                          + "}")
                  .record());
      assertThat(structured.names()).isEqualTo(binary.names());
      assertThat(structured.source()).isEqualTo(binary.source());
      assertThat(structured.timeMillis()).isEqualTo(binary.timeMillis());
      assertThat(structured.body().side()).isEqualTo(binary.body().side());
      assertThat(structured.body().json().get("a")).isEqualTo(binary.body().json().get("a"));
    }
  }

  @Test
  void base64DataOfVersion03IsDecoded() throws Exception {
    Opened.Message message =
        open(
            Records.of(
                    "{\"specversion\":\"0.3\",\"id\":\"i\",\"source\":\"/s\",\"type\":\"x\","
                        + "\"datacontentencoding\":\"base64\",\"data\":\"AAEC\"}")
                .record());

    assertThat(message.body().bytes()).containsExactly(0, 1, 2);
    assertThat(message.body().side()).isEmpty();
  }

  @Test
  void headersOutweighAContentTypeThatClaimsStructuredMode() throws Exception {
    Opened.Message message =
        open(event("[1]").with("content-type", "application/cloudevents+json").record());

    assertThat(message.body().bytes()).asString(UTF_8).isEqualTo("[1]");
  }

  @Test
  void theContentTypeOfTheDataIsNotLookedAt() throws Exception {
    byte[] tensor = {'{', '}', 0, 0, 0};
    Opened.Message message =
        open(
            event(tensor)
                .with("Content-Type", "application/json")
                .with("Inference-Header-Content-Length", "2")
                .record());

    assertThat(message.body().bytes()).isEqualTo(tensor);
    assertThat(message.body().headLength()).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "99999999999999999999", "", "1.5"})
  void aHeadLengthThatIsNoNumberIsNotPassedOn(String length) throws Exception {
    assertThat(
            open(event("{}").with("inference-header-content-length", length).record())
                .body()
                .headLength())
        .isEmpty();
  }

  @Test
  void aModelIdOutweighsTheNameOfTheService() throws Exception {
    assertThat(
            open(event("{}")
                    .with("ce_inferenceservicename", "service")
                    .with("Ce-Modelid", "model")
                    .record())
                .names()
                .model())
        .contains("model");
  }

  @Test
  void whatDoesNotMatchIsLeftOut() throws Exception {
    EnvelopeReader reader =
        EnvelopeReaders.of(
            Envelope.CLOUDEVENTS,
            new EnvelopeOptions(
                Optional.empty(),
                Optional.empty(),
                Map.of(
                    "type", "org.kubeflow.serving.inference.*",
                    "inferenceservicename", "sklearn-*")));

    assertThat(
            reader.open(
                SampleFiles.record("kserve-cloudevents/knative-broker-request.record.json")))
        .isInstanceOf(Opened.Message.class);
    assertThat(reader.open(SampleFiles.record("kserve-cloudevents/structured-request.record.json")))
        .isInstanceOf(Opened.Message.class);
    assertThat(
            reader.open(SampleFiles.record("kserve-cloudevents/oip-embedding-request.record.json")))
        .isInstanceOf(Opened.LeftOut.class);
    assertThat(reader.open(SampleFiles.record("mlserver-kafka/output.record.json")))
        .isInstanceOf(Opened.LeftOut.class);
    assertThat(reader.open(event("{}").record())).isInstanceOf(Opened.LeftOut.class);
  }

  @Test
  void oneFilterLetsBothHalvesOfMlserverThrough() throws Exception {
    EnvelopeReader reader =
        EnvelopeReaders.of(
            Envelope.CLOUDEVENTS,
            new EnvelopeOptions(
                Optional.empty(),
                Optional.empty(),
                Map.of("Type", "io.seldon.*", "modelid", "sum-model")));

    for (String half : new String[] {"input", "output"}) {
      assertThat(reader.open(SampleFiles.record("mlserver-kafka/" + half + ".record.json")))
          .isInstanceOf(Opened.Message.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_id", "ce_source", "ce_type", "ce_specversion"})
  void everyRequiredAttributeIsAskedFor(String name) {
    assertThat(rejectionOf(READER, event("{}").without(name).record()))
        .satisfies(
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(Reason.MISSING_FIELD);
              assertThat(rejection.detail()).contains(name.substring(3));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNKNOWN_TYPE  | ce_specversion | 2.0",
        "TIMESTAMP     | ce_time        | yesterday",
        "TIMESTAMP     | ce_time        | 1618017736",
      })
  void anAttributeThatSaysSomethingElseIsRejected(Reason reason, String name, String value) {
    assertThat(rejectionOf(READER, event("{}").with(name, value).record()).reason())
        .isEqualTo(reason);
  }

  @Test
  void anIdThatIsTooLongOrNoTextIsRejected() {
    assertThat(rejectionOf(READER, event("{}").with("ce_id", "x".repeat(1025)).record()).reason())
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(rejectionOf(READER, event("{}").with("ce_id", new byte[] {(byte) 0xc3}).record()))
        .satisfies(rejection -> assertThat(rejection.reason()).isEqualTo(Reason.MALFORMED));
  }

  @Test
  void anAttributeForSlicesThatIsTooLongIsLeftAway() throws Exception {
    assertThat(open(event("{}").with("ce_endpoint", "x".repeat(257)).record()).attributes())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MISSING_FIELD |                                    | {\"inputs\":[]}",
        "MISSING_FIELD |                                    | no json",
        "MISSING_FIELD |                                    | {\"id\":",
        "MALFORMED     | application/cloudevents+json       | no json",
        "MISSING_FIELD | application/cloudevents+json       | {\"specversion\":\"1.0\",\"data\":1}",
        "MISSING_FIELD | application/cloudevents+json       | {\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\"}",
        "UNKNOWN_TYPE  | application/cloudevents-batch+json | []",
        "UNKNOWN_TYPE  |                                    | [{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":1}]",
        "UNKNOWN_TYPE  |                                    | {\"specversion\":\"1.1\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":1}",
        "MALFORMED     |                                    | {\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"*\"}",
        "MALFORMED     |                                    | {\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":1,\"data_base64\":\"\"}",
      })
  void whatIsNoEventIsRejected(Reason reason, String contentType, String value) {
    Records record = Records.of(value);
    if (contentType != null) {
      record = record.with("content-type", contentType);
    }
    assertThat(rejectionOf(READER, record.record()).reason()).isEqualTo(reason);
  }

  @Test
  void aRecordWithoutAValueIsMalformed() {
    SourceRecord full = event("{}").record();
    SourceRecord none = new SourceRecord(full.topic(), 0, 0, 0, null, null, full.headers());

    assertThat(rejectionOf(READER, none).reason()).isEqualTo(Reason.MALFORMED);
  }

  private static Records event(String value) {
    return event(value.getBytes(UTF_8));
  }

  private static Records event(byte[] value) {
    return Records.of(value)
        .with("ce_specversion", "1.0")
        .with("ce_id", "i")
        .with("ce_source", "/s")
        .with("ce_type", "x.request");
  }

  private static Opened.Message open(String sample) throws RejectedBodyException {
    return open(SampleFiles.record(sample));
  }

  private static Opened.Message open(SourceRecord record) throws RejectedBodyException {
    return (Opened.Message) READER.open(record);
  }
}
