package dev.parallax.ingest.envelope;

import static dev.parallax.ingest.envelope.Records.rejectionOf;
import static org.assertj.core.api.Assertions.assertThat;

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

class SeldonEnvelopeTest {

  private static final EnvelopeReader READER =
      EnvelopeReaders.of(Envelope.SELDON, EnvelopeOptions.NONE);

  @ParameterizedTest
  @CsvSource({
    "model-inputs,     REQUEST,  tfsimple1, /seldon/default/tfsimple1",
    "model-outputs,    RESPONSE, tfsimple1, /seldon/default/tfsimple1",
    "pipeline-outputs, RESPONSE, tfsimples, /seldon/default/tfsimples",
  })
  void headerAndTopicSayIdSideAndModel(String file, Side side, String model, String source)
      throws RejectedBodyException {
    Opened.Message message = open(SampleFiles.record("seldon-core-v2/" + file + ".record.json"));

    assertThat(message.names())
        .isEqualTo(
            new CallNames(
                Optional.of("ciep298fh5ss73dpdir0"), Optional.of(model), Optional.empty()));
    assertThat(message.body().side()).contains(side);
    assertThat(message.source()).contains(source);
    assertThat(message.timeMillis()).isEmpty();
    assertThat(message.attributes())
        .isEqualTo(Map.of("namespace", "default", "pipeline", "tfsimples"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "encoder.abc", "0.encoder.abc"})
  void everyFormOfTheKeyGivesOneId(String key) throws RejectedBodyException {
    SourceRecord record = Records.of("x").topic("seldon.ns.model.encoder.inputs").key(key).record();

    assertThat(open(record).names().id()).contains("abc");
  }

  @Test
  void theHeaderOutweighsTheKeyHoweverItIsSpelt() throws RejectedBodyException {
    assertThat(open(Records.of("x").key("a.b").with("X-Request-Id", "id").record()).names().id())
        .contains("id");
  }

  @Test
  void withoutHeaderAndKeyThereIsNoId() throws RejectedBodyException {
    assertThat(open(Records.of("x").record()).names()).isEqualTo(CallNames.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "seldon.ns.model.encoder.inputs,           ns, encoder",
    "my.own.prefix.ns.model.encoder.outputs,   ns, encoder",
    "seldon.model.model.model.outputs,         model, model",
    "seldon.ns.pipeline.p.inputs,              ns, p",
  })
  void thePrefixOfTheTopicMayHoldDots(String topic, String namespace, String name)
      throws RejectedBodyException {
    Opened.Message message = open(Records.of("x").topic(topic).record());

    assertThat(message.attributes()).containsEntry("namespace", namespace);
    assertThat(message.names().model()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic",
        "a.b.c.d.e",
        "ns.model.encoder.inputs",
        "seldon.ns.model..inputs",
        "...."
      })
  void aTopicOfAnotherFormSaysNothing(String topic) throws RejectedBodyException {
    Opened.Message message = open(Records.of("x").topic(topic).record());

    assertThat(message.names()).isEqualTo(CallNames.NONE);
    assertThat(message.body().side()).isEmpty();
    assertThat(message.source()).isEmpty();
  }

  @Test
  void theTopicOfTheRequestsTellsTheSideWhereNamesDoNot() throws RejectedBodyException {
    EnvelopeReader reader =
        EnvelopeReaders.of(
            Envelope.SELDON, new EnvelopeOptions(Optional.of("asked"), Optional.empty(), Map.of()));

    assertThat(
            ((Opened.Message) reader.open(Records.of("x").topic("asked").record())).body().side())
        .contains(Side.REQUEST);
  }

  @Test
  void errorsAreRejectedAsSuch() {
    SourceRecord byTopic = Records.of("x").topic("seldon.ns.errors.errors").record();
    SourceRecord byHeader =
        Records.of("x")
            .topic("seldon.ns.model.encoder.outputs")
            .with("seldon-pipeline-errors", "encoder")
            .record();

    assertThat(rejectionOf(READER, byTopic).reason()).isEqualTo(Reason.ERROR_BODY);
    assertThat(rejectionOf(READER, byHeader).reason()).isEqualTo(Reason.ERROR_BODY);
  }

  @Test
  void whatDoesNotMatchIsLeftOut() throws RejectedBodyException {
    EnvelopeReader reader =
        EnvelopeReaders.of(
            Envelope.SELDON,
            new EnvelopeOptions(
                Optional.empty(),
                Optional.empty(),
                Map.of("model", "tf*", "pipeline", "tfsimples", "namespace", "default")));

    assertThat(reader.open(SampleFiles.record("seldon-core-v2/model-inputs.record.json")))
        .isInstanceOf(Opened.Message.class);
    assertThat(reader.open(Records.of("x").topic("seldon.default.model.tf.inputs").record()))
        .isInstanceOf(Opened.LeftOut.class);
  }

  private static Opened.Message open(SourceRecord record) throws RejectedBodyException {
    return (Opened.Message) READER.open(record);
  }
}
