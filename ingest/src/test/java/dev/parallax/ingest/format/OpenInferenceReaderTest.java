package dev.parallax.ingest.format;

import static dev.parallax.ingest.format.Oip.littleEndian;
import static dev.parallax.ingest.format.Oip.rejectionOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.SampleFiles;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenInferenceReaderTest {

  private static final BodyReader READER = new OpenInferenceReader();
  private static final String TRACE = "5b8efff798038103d269b633813fc60c";
  private static final String SPAN = "eee19b7ec3c1b174";
  private static final long END = 1_544_712_661_000_000_000L;

  @Test
  void anExportHasIdTimeModelInputAndVector() throws RejectedBodyException {
    Payload.Call call = only(SampleFiles.body("openinference-otlp/otlp-json-export.record.json"));

    assertThat(call.names())
        .isEqualTo(
            new CallNames(
                Optional.of(TRACE + ":" + SPAN + ":0"),
                Optional.of("text-embedding-3-small"),
                Optional.empty()));
    assertThat(EventTime.format(call.timeMillis().getAsLong()))
        .isEqualTo("2018-12-13T14:51:01.000Z");
    assertThat(call.input()).contains(new ModelInput.Text("hello world"));
    assertThat(vector(call)).containsExactly(0.1f, 0.2f, 0.3f);
    assertThat(call.attributes()).isEqualTo(Map.of("service.name", "my.service"));
  }

  @Test
  void aPrintedSpanHasNoIdAndNoTime() throws RejectedBodyException {
    Payload.Call call = only(SampleFiles.body("openinference-otlp/spec-text-input-span.json"));

    assertThat(call.names().id()).isEmpty();
    assertThat(call.timeMillis()).isEmpty();
    assertThat(call.input()).contains(new ModelInput.Text("hello world"));
    assertThat(vector(call)).containsExactly(0.1f, 0.2f, 0.3f);
  }

  @Test
  void theTokensOfASpanWithoutTextComeFromItsRequest() throws RejectedBodyException {
    Payload.Call call = only(SampleFiles.body("openinference-otlp/spec-token-input-span.json"));

    assertThat(call.input().orElseThrow())
        .isInstanceOfSatisfying(
            ModelInput.Tokens.class,
            tokens -> assertThat(tokens.ids()).containsExactly(15339, 1917));
    assertThat(vector(call)).containsExactly(0.1f, 0.2f, 0.3f);
  }

  @Test
  void protobufSaysWhatJsonSays() throws RejectedBodyException {
    Payload.Call json = only(SampleFiles.body("openinference-otlp/otlp-json-export.record.json"));
    Message vector =
        new Message()
            .message(1, new Message().float64(4, 0.1))
            .message(1, new Message().float64(4, 0.2))
            .message(1, new Message().float64(4, 0.3));
    Payload.Call protobuf =
        only(
            export(
                span()
                    .message(9, text("embedding.model_name", "text-embedding-3-small"))
                    .message(9, text("embedding.embeddings.0.embedding.text", "hello world"))
                    .message(
                        9,
                        attribute(
                            "embedding.embeddings.0.embedding.vector",
                            new Message().message(5, vector)))));

    assertThat(protobuf.names()).isEqualTo(json.names());
    assertThat(protobuf.timeMillis()).isEqualTo(json.timeMillis());
    assertThat(protobuf.input()).isEqualTo(json.input());
    assertThat(protobuf.attributes()).isEqualTo(json.attributes());
    assertThat(vector(protobuf)).containsExactly(vector(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'arrayValue':{'values':[{'doubleValue':1},{'doubleValue':2.0}]}}",
        "{'array_value':{'values':[{'double_value':1.0},{'int_value':'2'}]}}",
        "{'arrayValue':{'values':[{'intValue':'1'},{'doubleValue':'2'}]}}",
        "{'bytesValue':'AACAPwAAAEA='}",
        "{'stringValue':'AACAPwAAAEA='}",
        "{'stringValue':' [1, 2.0]'}",
      })
  void aVectorIsAnArrayOrBase64OrPackedJson(String value) throws RejectedBodyException {
    assertThat(vector(only(json(typed(0, "vector", value))))).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1,2.0]", "'AACAPwAAAEA='", "'[1,2]'"})
  void soItIsInAPrintedSpan(String value) throws RejectedBodyException {
    String span =
        "{'context':{'trace_id':'0x"
            + TRACE
            + "','span_id':'0x"
            + SPAN
            + "'},'end_time':'2026-01-02T03:04:05.678901Z','attributes':{"
            + "'openinference.span.kind':'EMBEDDING','embedding.embeddings.0.embedding.vector':"
            + value
            + "}}";
    Payload.Call call = only(Body.of(span.replace('\'', '"').getBytes(UTF_8)));

    assertThat(vector(call)).containsExactly(1, 2);
    assertThat(call.names().id()).contains(TRACE + ":" + SPAN + ":0");
    assertThat(EventTime.format(call.timeMillis().getAsLong()))
        .isEqualTo("2026-01-02T03:04:05.678Z");
  }

  @Test
  void vectorsOfProtobufAreArraysBytesOrTexts() throws RejectedBodyException {
    String name = "embedding.embeddings.0.embedding.vector";
    Message array =
        new Message()
            .message(1, new Message().varint(3, 1))
            .message(1, new Message().float64(4, 2));
    for (Message value :
        List.of(
            new Message().message(5, array),
            new Message().bytes(7, littleEndian(1f, 2f)),
            new Message().text(1, "[1,2]"))) {
      assertThat(vector(only(export(span().message(9, attribute(name, value))))))
          .containsExactly(1, 2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "REDACTED           | {'stringValue':'__REDACTED__'}",
        "NOT_POOLED         | {'arrayValue':{'values':[{'arrayValue':{'values':[]}}]}}",
        "NO_FLOAT_OUTPUT    | {'arrayValue':{'values':[{'stringValue':'a'}]}}",
        "NO_FLOAT_OUTPUT    | {'arrayValue':{'values':[{'doubleValue':'a'}]}}",
        "NO_FLOAT_OUTPUT    | {'boolValue':true}",
        "DIMENSION_MISMATCH | {'arrayValue':{'values':[]}}",
        "DIMENSION_MISMATCH | {'bytesValue':'AAAA'}",
        "MALFORMED          | {'stringValue':'[1,2'}",
        "NOT_POOLED         | {'stringValue':'[[1,2]]'}",
        "NOT_FINITE         | {'stringValue':'[1,null]'}",
      })
  void whatIsNoVectorIsUnusableInItsPlace(Reason reason, String value)
      throws RejectedBodyException {
    String good = typed(1, "vector", "{'stringValue':'[1,2]'}");
    List<Payload.Call> calls = calls(json(typed(0, "vector", value) + "," + good));

    assertThat(calls).hasSize(2);
    assertThat(reasonOf(calls.get(0))).isEqualTo(reason);
    assertThat(vector(calls.get(1))).containsExactly(1, 2);
  }

  @Test
  void soItIsInProtobuf() throws RejectedBodyException {
    String name = "embedding.embeddings.0.embedding.vector";
    Message nested = new Message().message(1, new Message().message(5, new Message()));
    assertThat(fault(name, new Message().message(5, nested))).isEqualTo(Reason.NOT_POOLED);
    assertThat(fault(name, new Message().message(5, new Message())))
        .isEqualTo(Reason.DIMENSION_MISMATCH);
    assertThat(fault(name, new Message().bytes(7, new byte[3])))
        .isEqualTo(Reason.DIMENSION_MISMATCH);
    assertThat(fault(name, new Message().varint(2, 1))).isEqualTo(Reason.NO_FLOAT_OUTPUT);
    assertThat(fault(name, new Message().text(1, "__REDACTED__"))).isEqualTo(Reason.REDACTED);
  }

  @Test
  void everyEmbeddingOfASpanIsACallOfItsOwn() throws RejectedBodyException {
    String attributes =
        String.join(
            ",",
            typed(10, "vector", "{'stringValue':'[3,4]'}"),
            typed(2, "vector", "{'stringValue':'[1,2]'}"),
            typed(2, "text", "{'stringValue':'two'}"),
            typed(10, "text", "{'stringValue':'ten'}"),
            typed(11, "text", "{'stringValue':'cut off'}"));
    List<Payload.Call> calls = calls(json(attributes));

    assertThat(calls)
        .extracting(call -> call.names().id().orElseThrow())
        .containsExactly(
            TRACE + ":" + SPAN + ":2", TRACE + ":" + SPAN + ":10", TRACE + ":" + SPAN + ":11");
    assertThat(calls)
        .extracting(Payload.Call::input)
        .containsExactly(
            Optional.of(new ModelInput.Text("two")),
            Optional.of(new ModelInput.Text("ten")),
            Optional.of(new ModelInput.Text("cut off")));
    assertThat(reasonOf(calls.get(2))).isEqualTo(Reason.MISSING_FIELD);
  }

  @Test
  void aBatchWithoutTextsTakesThemFromTheRequest() throws RejectedBodyException {
    String attributes =
        String.join(
            ",",
            "{'key':'input.value','value':{'stringValue':'{\\'input\\':[\\'a\\',\\'b\\']}'}}",
            typed(0, "vector", "{'stringValue':'[1,2]'}"),
            typed(1, "vector", "{'stringValue':'[3,4]'}"),
            typed(2, "vector", "{'stringValue':'[3,4]'}"));

    assertThat(calls(json(attributes)))
        .extracting(Payload.Call::input)
        .containsExactly(
            Optional.of(new ModelInput.Text("a")),
            Optional.of(new ModelInput.Text("b")),
            Optional.empty());
  }

  @Test
  void whereAnyTextIsThereTheRequestIsNotAsked() throws RejectedBodyException {
    String attributes =
        String.join(
            ",",
            "{'key':'input.value','value':{'stringValue':'{\\'input\\':[\\'a\\',\\'b\\']}'}}",
            typed(0, "text", "{'stringValue':'a'}"),
            typed(0, "vector", "{'stringValue':'[1,2]'}"),
            typed(1, "vector", "{'stringValue':'[3,4]'}"));

    assertThat(calls(json(attributes)))
        .extracting(Payload.Call::input)
        .containsExactly(Optional.of(new ModelInput.Text("a")), Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"a plain text | true", "42 | true", "{} | false", "__REDACTED__ | false"})
  void anInputThatIsNoRequestIsTheText(String input, boolean taken) throws RejectedBodyException {
    String attributes =
        "{'key':'input.value','value':{'stringValue':'"
            + input
            + "'}},"
            + typed(0, "vector", "{'stringValue':'[1,2]'}");

    assertThat(only(json(attributes)).input())
        .isEqualTo(taken ? Optional.of(new ModelInput.Text(input)) : Optional.empty());
  }

  @Test
  void aRedactedTextIsNoInput() throws RejectedBodyException {
    String attributes =
        typed(0, "text", "{'stringValue':'__REDACTED__'}")
            + ","
            + typed(0, "vector", "{'stringValue':'[1,2]'}");

    assertThat(only(json(attributes)).input().orElseThrow())
        .isInstanceOf(ModelInput.Unreadable.class);
  }

  @Test
  void namesMayBeInSnakeCase() throws RejectedBodyException {
    String body =
        ("{'resource_spans':[{'scope_spans':[{'spans':[{'trace_id':'"
                + TRACE
                + "','span_id':'"
                + SPAN
                + "','end_time_unix_nano':"
                + END
                + ",'attributes':[{'key':'openinference.span.kind','value':{'string_value':'EMBEDDING'}},"
                + "{'key':'embedding.embeddings.0.embedding.vector','value':{'string_value':'[1,2]'}}]}]}]}]}")
            .replace('\'', '"');
    Payload.Call call = only(Body.of(body.getBytes(UTF_8)));

    assertThat(call.names().id()).contains(TRACE + ":" + SPAN + ":0");
    assertThat(call.timeMillis()).hasValue(END / 1_000_000);
  }

  @Test
  void idsInBase64AreTheSameIds() throws RejectedBodyException {
    String body =
        new String(json(typed(0, "vector", "{'stringValue':'[1,2]'}")).bytes(), UTF_8)
            .replace(TRACE, "W47/95gDgQPSabYzgT/GDA==")
            .replace(SPAN, "7uGbfsPBsXQ=");

    assertThat(only(Body.of(body.getBytes(UTF_8))).names().id())
        .contains(TRACE + ":" + SPAN + ":0");
  }

  @Test
  void spansOfOtherKindsArePassedOver() throws RejectedBodyException {
    Message llm = new Message().message(9, text("openinference.span.kind", "LLM"));
    Message embedding =
        span()
            .message(
                9,
                attribute(
                    "embedding.embeddings.0.embedding.vector", new Message().text(1, "[1,2]")));

    assertThat(calls(export(llm, new Message(), embedding))).hasSize(1);
    assertThat(rejectionOf(READER, export(llm)).reason()).isEqualTo(Reason.NO_FLOAT_OUTPUT);
    assertThat(rejectionOf(READER, Body.of("{\"resourceSpans\":[]}".getBytes(UTF_8))).reason())
        .isEqualTo(Reason.NO_FLOAT_OUTPUT);
  }

  @Test
  void anEmbeddingSpanWithoutEmbeddingsIsUnusable() throws RejectedBodyException {
    assertThat(reasonOf(only(export(span())))).isEqualTo(Reason.NO_FLOAT_OUTPUT);
    assertThat(reasonOf(only(export(span().message(15, new Message().varint(3, 2))))))
        .isEqualTo(Reason.ERROR_BODY);
  }

  @Test
  void aMessageThatLooksLikeALineAndABraceIsProtobuf() throws RejectedBodyException {
    // Field 1 of 123 bytes is a new line and a brace.
    Message scope =
        new Message()
            .message(
                2,
                new Message()
                    .message(
                        2,
                        new Message()
                            .message(9, text("openinference.span.kind", "EMBEDDING"))
                            .bytes(99, new byte[76])));
    byte[] body = new Message().message(1, scope).toBytes();

    assertThat(body).startsWith('\n', '{');
    assertThat(reasonOf(only(Body.of(body)))).isEqualTo(Reason.NO_FLOAT_OUTPUT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "MALFORMED     | {'resourceSpans'",
        "MISSING_FIELD | {'spans':[]}",
        "ERROR_BODY    | {'error':'x'}",
        "MALFORMED     | no json",
        "MALFORMED     | [1]",
      })
  void whatIsNoExportIsRejected(Reason reason, String body) {
    assertThat(rejectionOf(READER, Body.of(body.replace('\'', '"').getBytes(UTF_8))).reason())
        .isEqualTo(reason);
  }

  private static Reason fault(String name, Message value) throws RejectedBodyException {
    return reasonOf(only(export(span().message(9, attribute(name, value)))));
  }

  /** An export with one span, of these attributes; a ' stands for a ". */
  private static Body json(String attributes) {
    String body =
        "{'resourceSpans':[{'scopeSpans':[{'spans':[{'traceId':'"
            + TRACE
            + "','spanId':'"
            + SPAN
            + "','endTimeUnixNano':'"
            + END
            + "','attributes':[{'key':'openinference.span.kind','value':{'stringValue':'EMBEDDING'}},"
            + attributes
            + "]}]}]}]}";
    return Body.of(body.replace('\'', '"').getBytes(UTF_8));
  }

  private static String typed(int index, String part, String value) {
    return "{'key':'embedding.embeddings."
        + index
        + ".embedding."
        + part
        + "','value':"
        + value
        + "}";
  }

  private static Message span() {
    return new Message()
        .bytes(1, HexFormat.of().parseHex(TRACE))
        .bytes(2, HexFormat.of().parseHex(SPAN))
        .fixed64(8, END)
        .message(9, text("openinference.span.kind", "EMBEDDING"));
  }

  private static Message text(String name, String value) {
    return attribute(name, new Message().text(1, value));
  }

  private static Message attribute(String name, Message value) {
    return new Message().text(1, name).message(2, value);
  }

  private static Body export(Message... spans) {
    Message scope = new Message();
    for (Message span : spans) {
      scope.message(2, span);
    }
    return Body.of(
        new Message()
            .message(
                1,
                new Message()
                    .message(1, new Message().message(1, text("service.name", "my.service")))
                    .message(2, scope))
            .toBytes());
  }

  private static List<Payload.Call> calls(Body body) throws RejectedBodyException {
    return ((Payload.Calls) READER.read(body)).calls();
  }

  private static Payload.Call only(Body body) throws RejectedBodyException {
    assertThat(calls(body)).hasSize(1);
    return calls(body).get(0);
  }

  private static float[] vector(Payload.Call call) {
    return ((ModelOutput.Embedding) call.output()).vector().toFloats();
  }

  private static Reason reasonOf(Payload.Call call) {
    return ((ModelOutput.Unusable) call.output()).rejection().reason();
  }
}
