package dev.parallax.ingest.format;

import static dev.parallax.ingest.format.Payloads.assertRejected;
import static dev.parallax.ingest.format.Payloads.inputs;
import static dev.parallax.ingest.format.Payloads.names;
import static dev.parallax.ingest.format.Payloads.outputs;
import static dev.parallax.ingest.format.Payloads.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection.Reason;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OipJsonReaderTest {

  private final BodyReader reader = new OipJsonReader(FormatOptions.NONE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,2.5,3,4]",
        "[[1,2.5],[3,4]]",
        "[1e0,2.5,3.0,4]",
      })
  void nestedDataEqualsFlatData(String data) {
    assertThat(outputs(read(reader, response(tensor("e", "FP32", "[2,2]", data)))))
        .containsExactly("[1.0, 2.5]", "[3.0, 4.0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FP16", "BF16", "FP32", "FP64"})
  void everyFloatDatatypeIsReadAsNumbers(String datatype) {
    assertThat(outputs(read(reader, response(tensor("e", datatype, "[1,2]", "[0.1,2]")))))
        .containsExactly("[0.1, 2.0]");
  }

  @Test
  void aSingleAxisIsASingleRow() {
    assertThat(outputs(read(reader, response(tensor("e", "FP32", "[3]", "[1,2,3]")))))
        .containsExactly("[1.0, 2.0, 3.0]");
  }

  @Test
  void theNamedTensorIsTaken() {
    BodyReader named = reader("b", "q");
    String body =
        response(
            tensor("a", "FP32", "[1,2]", "[1,2]"),
            tensor("b", "FP16", "[1,3]", "[3,4,5]"),
            tensor("c", "INT32", "[1,16]", "[3,4]"));

    assertThat(outputs(read(named, body))).containsExactly("[3.0, 4.0, 5.0]");
    assertThat(
            inputs(
                read(
                    named,
                    request(
                        tensor("p", "BYTES", "[1]", "['x']"),
                        tensor("q", "BYTES", "[1]", "['y']")))))
        .containsExactly("y");
    assertRejected(reader("c", "q"), body, Reason.NO_FLOAT_OUTPUT)
        .isEqualTo(
            "output c is not of floats; outputs are a FP32[1,2], b FP16[1,3], c INT32[1,16]");
    assertRejected(reader("d", "q"), body, Reason.NO_FLOAT_OUTPUT)
        .startsWith("no output named d; outputs are");
  }

  @Test
  void withoutANameThePooledOneIsTaken() {
    String tokens = tensor("token_embeddings", "FP32", "[1,1,2]", "[1,2]");
    String sentence = tensor("sentence_embedding", "FP32", "[1,2]", "[3,4]");
    String other = tensor("other", "FP32", "[1,2]", "[5,6]");
    String score = tensor("score", "FP32", "[1,1]", "[5]");

    assertThat(outputs(read(reader, response(tokens, sentence, score))))
        .containsExactly("[3.0, 4.0]");
    assertThat(outputs(read(reader, response(other, tokens, sentence))))
        .containsExactly("[3.0, 4.0]");
    assertRejected(reader, response(tokens), Reason.NOT_POOLED).contains("3 axes");
    assertRejected(reader, response(tokens, score), Reason.NOT_POOLED).contains("two axes");
    assertRejected(
            reader,
            response(other, tensor("one", "FP32", "[1,2]", "[5,6]")),
            Reason.NO_FLOAT_OUTPUT)
        .startsWith("more than one float output: name one as output tensor; outputs are other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FP32 | [1]     | [21.0]        | no-float-output",
        "FP32 | [3,1]   | [1,2,3]       | no-float-output",
        "FP32 | []      | [1]           | no-float-output",
        "INT32| [1,2]   | [1,2]         | no-float-output",
        "BYTES| [1]     | ['a:1']       | no-float-output",
        "FP32 | [1,2]   | ['1','2']     | no-float-output",
        "FP32 | [1,2,2] | [1,2,3,4]     | not-pooled",
        "FP32 | [2,2]   | [1,2,3]       | dimension-mismatch",
        "FP32 | [2,2]   | [[1,2],[3]]   | dimension-mismatch",
        "FP32 | [2,3]   | [[1,2],[3,4,5,6]] | dimension-mismatch",
        "FP32 | [2,2]   | [[1,2],3,4]   | dimension-mismatch",
        "FP32 | [2,2]   | [[[1,2]],[[3,4]]] | dimension-mismatch",
        "FP32 | [2]     | 7             | dimension-mismatch",
        "FP32 | [4]     | [[1,2],[3,4]] | dimension-mismatch",
        "FP32 | [9007199254740992,2] | [1,2] | dimension-mismatch",
        "FP32 | [4294967296,4294967296,4294967296] | [] | not-pooled",
        "FP32 | [0,2]   | []            | count-mismatch",
        "FP32 | [0,4294967296] | []     | count-mismatch",
        "FP32 | [-1,2]  | [1,2]         | malformed",
        "FP32 | [1.5]   | [1,2]         | malformed",
        "FP32 | 2       | [1,2]         | malformed",
        "FP32 | [1,1,1,1,1,1,1,1,2] | [1,2] | malformed",
        "FP32 | [1,2]   | [1,'a']       | malformed",
        "FP32 | [1,2]   | [{},{}]       | malformed",
        "FP32 | [1,2]   | null          | missing-field",
        "FP32 | null    | [1,2]         | missing-field"
      })
  void aTensorThatHoldsNoEmbeddingsIsRejected(
      String datatype, String shape, String data, String reason) {
    assertThat(
            Payloads.rejection(reader, Payloads.json(response(tensor("e", datatype, shape, data))))
                .reason()
                .label())
        .isEqualTo(reason);
  }

  @Test
  void aNullAmongNumbersIsNoNumber() {
    assertThat(outputs(read(reader, response(tensor("e", "FP32", "[2,2]", "[1,null,NaN,2]")))))
        .containsExactly("[1.0, NaN]", "[NaN, 2.0]");
  }

  @Test
  void whatIsWrongWithATensorThatNobodyAsksForIsNoMatter() {
    assertThat(
            outputs(
                read(
                    reader,
                    response(
                        tensor("mask", "INT64", "[3,3]", "[[1],[1,2]]"),
                        tensor("e", "FP32", "[1,2]", "[1,2]")))))
        .containsExactly("[1.0, 2.0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"[]    | ['a']", "[1]   | ['a']", "[1,1] | [['a']]", "[1,1] | ['a']", "[1]   | 'a'"})
  void bytesAreTextsInAnyShape(String shape, String data) {
    assertThat(inputs(read(reader, request(tensor("i", "BYTES", shape, data)))))
        .containsExactly("a");
  }

  @Test
  void oneTextForEachRow() {
    assertThat(inputs(read(reader, request(tensor("i", "BYTES", "[2,1]", "['a','b']")))))
        .containsExactly("a", "b");
    assertRejected(
            reader,
            request(tensor("i", "BYTES", "[2,2]", "['a','b','c','d']")),
            Reason.MISSING_INPUT)
        .contains("several texts");
  }

  @Test
  void numbersAreATensorForEachRow() {
    assertThat(inputs(read(reader, request(tensor("i", "FP32", "[2,1,2]", "[1,2,3,4]")))))
        .containsExactly("tensor [1, 2] [1.0, 2.0]", "tensor [1, 2] [3.0, 4.0]");
    assertThat(inputs(read(reader, request(tensor("i", "BOOL", "[2]", "[true,false]")))))
        .containsExactly("tensor [2] [1.0, 0.0]");
    assertThat(inputs(read(reader, request(tensor("i", "INT64", "[2,1]", "[7,16777217]")))))
        .containsExactly("tensor [1] [7.0]", "missing-input");
  }

  @Test
  void inputIdsAreTokens() {
    assertThat(
            inputs(
                read(
                    reader,
                    request(
                        tensor("attention_mask", "INT64", "[2,2]", "[1,1,1,1]"),
                        tensor("input_ids", "INT64", "[2,2]", "[101,16777217,101,102]")))))
        .containsExactly("tokens [101, 16777217]", "tokens [101, 102]");
  }

  @Test
  void namesAreThoseOfTheProtocol() {
    String tensors = "'outputs':[" + tensor("e", "FP32", "[1,2]", "[1,2]") + "]}";

    assertThat(names(read(reader, "{'id':'7','model_name':'m','model_version':'2'," + tensors)))
        .isEqualTo(new CallNames(Optional.of("7"), Optional.of("m"), Optional.of("2")));
    assertThat(names(read(reader, "{'id':'','model_name':null,'model_version':3," + tensors)))
        .isEqualTo(new CallNames(Optional.empty(), Optional.empty(), Optional.of("3")));
  }

  @Test
  void aRequestThatNamesItsOutputsIsARequest() {
    assertThat(
            read(
                reader,
                "{'outputs':[{'name':'o'}],'inputs':["
                    + tensor("i", "BYTES", "[1]", "['a']")
                    + "]}"))
        .isInstanceOf(Payload.Request.class);
  }

  @Test
  void theFirstVersionIsRead() {
    assertThat(inputs(read(reader, "{'instances':['a',[1,2],{'x':1}]}")))
        .containsExactly("a", "tensor [2] [1.0, 2.0]", "missing-input");
    assertThat(outputs(read(reader, "{'predictions':[[0.5,1],[1,0]]}")))
        .containsExactly("[0.5, 1.0]", "[1.0, 0.0]");
    assertThat(outputs(read(reader, "{'predictions':[[[0.5,1]]]}"))).containsExactly("not-pooled");
    for (String labels : new String[] {"[1,0]", "[[1,0]]", "[0.5]", "['a']", "[{'a':1}]"}) {
      assertRejected(reader, "{'predictions':" + labels + "}", Reason.NO_FLOAT_OUTPUT)
          .startsWith("no float output");
    }
  }

  @Test
  void errorsAndOtherBodiesAreRejected() {
    assertRejected(reader, "{'error':'bad shape for secret'}", Reason.ERROR_BODY)
        .doesNotContain("secret");
    assertRejected(reader, "{'a':1}", Reason.MISSING_FIELD).contains("inputs or outputs");
    assertRejected(reader, "{'outputs':[]}", Reason.MALFORMED).contains("list of tensors");
    assertRejected(reader, "{'outputs':[1]}", Reason.MALFORMED).contains("expected a tensor");
  }

  private static BodyReader reader(String output, String input) {
    return new OipJsonReader(new FormatOptions(Optional.of(output), Optional.of(input), Map.of()));
  }

  private static String response(String... tensors) {
    return "{'outputs':[" + String.join(",", tensors) + "]}";
  }

  private static String request(String... tensors) {
    return "{'inputs':[" + String.join(",", tensors) + "]}";
  }

  private static String tensor(String name, String datatype, String shape, String data) {
    return "{'name':'%s','datatype':'%s','shape':%s,'data':%s}"
        .formatted(name, datatype, shape, data);
  }
}
