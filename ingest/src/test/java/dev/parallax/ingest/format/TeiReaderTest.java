package dev.parallax.ingest.format;

import static dev.parallax.ingest.format.Payloads.assertRejected;
import static dev.parallax.ingest.format.Payloads.inputs;
import static dev.parallax.ingest.format.Payloads.outputs;
import static dev.parallax.ingest.format.Payloads.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeiReaderTest {

  private final BodyReader reader = new TeiReader();

  @Test
  void inputsAreTextsOrTokens() {
    assertThat(inputs(read(reader, "{'inputs':['a','b'],'truncate':null}")))
        .containsExactly("a", "b");
    assertThat(inputs(read(reader, "{'inputs':[1,2]}"))).containsExactly("tokens [1, 2]");
    assertThat(inputs(read(reader, "{'inputs':[['a','b'],[1]]}")))
        .containsExactly("missing-input", "tokens [1]");
    assertRejected(
            reader, "{'inputs':{'source_sentence':'secret','sentences':[]}}", Reason.MISSING_INPUT)
        .doesNotContain("secret");
  }

  @Test
  void eachRowIsAnAnswer() {
    assertThat(outputs(read(reader, "[[0,1.5],[2,3],null,'x']")))
        .containsExactly("[0.0, 1.5]", "[2.0, 3.0]", "no-float-output", "malformed");
  }

  @Test
  void itsOpenAiRouteIsReadToo() {
    assertThat(outputs(read(reader, "{'data':[{'embedding':[1,2]}]}")))
        .containsExactly("[1.0, 2.0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0.9,0.1]",
        "[[{'index':12,'value':0.5}]]",
        "[{'index':0,'score':0.5}]",
        "[[{'label':'a','score':0.5}]]"
      })
  void answersOfOtherRoutesHoldNoEmbedding(String body) {
    assertRejected(reader, body, Reason.NO_FLOAT_OUTPUT).isNotBlank();
  }

  @Test
  void otherBodiesAreRejected() {
    assertRejected(reader, "[[[1,2]],[[3,4]]]", Reason.NOT_POOLED).contains("/embed_all");
    assertRejected(reader, "[]", Reason.COUNT_MISMATCH).contains("empty");
    assertRejected(reader, "{'error':'x','error_type':'Tokenizer'}", Reason.ERROR_BODY)
        .endsWith("error_type Tokenizer");
    assertRejected(reader, "7", Reason.MALFORMED).endsWith("got number");
  }
}
