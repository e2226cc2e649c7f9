package dev.parallax.ingest.format;

import static dev.parallax.ingest.format.Payloads.assertRejected;
import static dev.parallax.ingest.format.Payloads.inputs;
import static dev.parallax.ingest.format.Payloads.names;
import static dev.parallax.ingest.format.Payloads.outputs;
import static dev.parallax.ingest.format.Payloads.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiReaderTest {

  private final BodyReader reader = new OpenAiReader();

  @Test
  void inputsAreTextsOrTokensOneOrMany() {
    assertThat(inputs(read(reader, "{'input':'a'}"))).containsExactly("a");
    assertThat(inputs(read(reader, "{'input':['a','']}"))).containsExactly("a", "");
    assertThat(inputs(read(reader, "{'input':[1,2]}"))).containsExactly("tokens [1, 2]");
    assertThat(inputs(read(reader, "{'input':[[1,2],[3]]}")))
        .containsExactly("tokens [1, 2]", "tokens [3]");
    assertThat(inputs(read(reader, "{'input':['a',[3],{'text':'b'}]}")))
        .containsExactly("a", "tokens [3]", "b");
  }

  @Test
  void anInputThatCannotBeReadStaysInItsPlace() {
    assertThat(inputs(read(reader, "{'input':['a',{'image':'b'},[],[1.5],[-1],null,'c']}")))
        .containsExactly(
            "a",
            "missing-input",
            "missing-input",
            "missing-input",
            "missing-input",
            "missing-input",
            "c");
    assertThat(inputs(read(reader, "{'messages':[{'role':'user'}]}")))
        .containsExactly("missing-input");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'input':[]}", "{'input':{}}", "{'input':7}", "{'input':true}"})
  void aRequestWithoutInputsIsRejected(String body) {
    assertRejected(reader, body, Reason.MISSING_INPUT).startsWith("input");
  }

  @Test
  void nullsAreNotThere() {
    Payload request =
        read(reader, "{'id':null,'input':'a','model':null,'encoding_format':null,'data':null}");
    Payload response =
        read(
            reader,
            "{'input':null,'error':null,'model':'m','data':[{'index':null,'embedding':[1,2]}]}");

    assertThat(names(request)).isEqualTo(CallNames.NONE);
    assertThat(names(response).model()).contains("m");
    assertThat(outputs(response)).containsExactly("[1.0, 2.0]");
  }

  @Test
  void answersStandInTheOrderOfTheirIndex() {
    assertThat(
            outputs(
                read(
                    reader,
                    "{'data':[{'index':2,'embedding':[2,2]},{'index':0,'embedding':[0,0]},"
                        + "{'index':1,'embedding':[1,1]}]}")))
        .containsExactly("[0.0, 0.0]", "[1.0, 1.0]", "[2.0, 2.0]");
    assertThat(outputs(read(reader, "{'data':[{'embedding':[0,0]},{'embedding':[1,1]}]}")))
        .containsExactly("[0.0, 0.0]", "[1.0, 1.0]");
  }

  @Test
  void aHoleStandsInItsPlace() {
    assertThat(
            outputs(
                read(
                    reader,
                    "{'data':[{'index':0,'embedding':[0,0]},{'index':2,'embedding':[2,2]}]}")))
        .containsExactly("[0.0, 0.0]", "count-mismatch", "[2.0, 2.0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'data':[{'index':0,'embedding':[0]},{'index':0,'embedding':[1]}]}",
        "{'data':[{'embedding':[0]},{'index':0,'embedding':[1]}]}",
        "{'data':[{'index':2,'embedding':[0]}]}",
        "{'data':[{'index':-1,'embedding':[0]}]}",
        "{'data':[{'index':0.0,'embedding':[0]}]}",
        "{'data':[{'index':1e300,'embedding':[0]}]}",
        "{'data':[{'index':'0','embedding':[0]}]}",
        "{'data':[[1,2]]}",
        "[1]",
        "'data'"
      })
  void anIndexTwiceOrOutOfRangeAndOtherShapesAreMalformed(String body) {
    assertRejected(reader, body, Reason.MALFORMED).isNotBlank();
  }

  @Test
  void whatIsNoVectorStaysInItsPlace() {
    assertThat(
            outputs(
                read(
                    reader,
                    "{'data':[{'embedding':[[1,2],[3,4]]},{'embedding':'__REDACTED__'},"
                        + "{'embedding':'AAAA'},{'embedding':'A?=='},{'embedding':[]},"
                        + "{'embedding':[1,null]},{'embedding':['a']},{'embedding':{}},"
                        + "{'object':'embedding'},{'embedding':'AACAPwAAAEA='}]}")))
        .containsExactly(
            "not-pooled",
            "redacted",
            "dimension-mismatch",
            "malformed",
            "dimension-mismatch",
            "not-finite",
            "no-float-output",
            "no-float-output",
            "missing-field",
            "[1.0, 2.0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'object':'error','message':'secret','type':'BadRequestError','code':400} | type BadRequestError, code 400",
        "{'error':{'message':'secret','type':'invalid_request_error','code':null}} | type invalid_request_error",
        "{'detail':[{'loc':['body'],'msg':'secret','input':'secret'}]} | error",
        "{'detail':'secret'} | error",
        "{'error':'secret'} | error",
        "{'error':'secret','error_type':'Validation'} | error_type Validation",
        "{'message':'secret','code':429,'type':'overloaded'} | type overloaded, code 429",
        "{'error':{'type':'secret words','code':'x'}} | error, code x"
      })
  void errorsOfServersAreRejectedWithoutTheirTexts(String body, String end) {
    assertRejected(reader, body, Reason.ERROR_BODY).endsWith(end).doesNotContain("secret");
  }

  @Test
  void anotherBodyIsRejectedWithItsKeys() {
    assertRejected(reader, "{'a':1,'b':{}}", Reason.MISSING_FIELD).endsWith("the keys a, b");
    assertRejected(reader, "{'data':[]}", Reason.COUNT_MISMATCH).isEqualTo("data is empty");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void base64AndNumbersOfOneVectorAreEqualInAnyOrder(long seed) {
    Random random = new Random(seed);
    List<String> answers = new ArrayList<>();
    List<String> packed = new ArrayList<>();
    for (int index = 0; index < 20; index++) {
      float[] vector = new float[1 + random.nextInt(300)];
      ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
      List<String> numbers = new ArrayList<>();
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextGaussian();
        bytes.putFloat(vector[i]);
        numbers.add(Float.toString(vector[i]));
      }
      answers.add("{'index':" + index + ",'embedding':[" + String.join(",", numbers) + "]}");
      String base64 = Base64.getEncoder().encodeToString(bytes.array());
      packed.add("{'index':" + index + ",'embedding':'" + base64 + "'}");
    }
    List<String> expected = outputs(read(reader, "{'data':[" + String.join(",", answers) + "]}"));
    Collections.shuffle(packed, random);

    assertThat(outputs(read(reader, "{'data':[" + String.join(",", packed) + "]}")))
        .isEqualTo(expected);
  }
}
