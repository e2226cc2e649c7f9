package dev.parallax.ingest.format;

import static dev.parallax.ingest.format.Payloads.assertRejected;
import static dev.parallax.ingest.format.Payloads.inputs;
import static dev.parallax.ingest.format.Payloads.names;
import static dev.parallax.ingest.format.Payloads.outputs;
import static dev.parallax.ingest.format.Payloads.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection.Reason;
import org.junit.jupiter.api.Test;

class CohereV2ReaderTest {

  private final BodyReader reader = new CohereV2Reader();

  @Test
  void textsAndContentsAreInputs() {
    assertThat(inputs(read(reader, "{'model':'m','texts':['a','b'],'images':null}")))
        .containsExactly("a", "b");
    assertThat(
            inputs(
                read(
                    reader,
                    "{'texts':[],'inputs':[{'content':[{'type':'text','text':'a'},{'text':'b'}]},"
                        + "{'content':[{'type':'text','text':'a'},{'image_url':{'url':'x'}}]},"
                        + "{'content':[]}]}")))
        .containsExactly("a\nb", "missing-input", "missing-input");
    assertThat(inputs(read(reader, "{'images':['data:image/png;base64,AA']}")))
        .containsExactly("missing-input");
    assertRejected(reader, "{'texts':[]}", Reason.MISSING_INPUT).isNotBlank();
  }

  @Test
  void floatsArePreferredToOtherTypes() {
    Payload response =
        read(
            reader,
            "{'id':'7','texts':['a'],'embeddings':{'int8':[[1,2]],'float':[[0.5,1]],"
                + "'base64':['AACAPwAAAEA=']}}");

    assertThat(outputs(response)).containsExactly("[0.5, 1.0]");
    assertThat(names(response).id()).contains("7");
  }

  @Test
  void base64IsReadWhereThereAreNoFloats() {
    assertThat(outputs(read(reader, "{'embeddings':{'float':null,'base64':['AACAPwAAAEA=','?']}}")))
        .containsExactly("[1.0, 2.0]", "malformed");
  }

  @Test
  void integersAndBitsAreNoEmbeddings() {
    assertRejected(
            reader, "{'embeddings':{'int8':[[1,2]],'ubinary':[[3]]}}", Reason.NO_FLOAT_OUTPUT)
        .isEqualTo("no float or base64 in embeddings; it has [int8, ubinary]");
  }

  @Test
  void answersOfTheFirstVersionAreRead() {
    assertThat(
            outputs(
                read(
                    reader,
                    "{'response_type':'embeddings_floats','embeddings':[[1,2],[3,4]],"
                        + "'texts':['a','b']}")))
        .containsExactly("[1.0, 2.0]", "[3.0, 4.0]");
  }

  @Test
  void otherBodiesAreRejected() {
    assertRejected(reader, "{'message':'secret text'}", Reason.ERROR_BODY).doesNotContain("secret");
    assertRejected(reader, "{'embeddings':'x'}", Reason.MALFORMED).endsWith("got string");
    assertRejected(reader, "{'embeddings':{'float':[1,2]}}", Reason.MALFORMED)
        .endsWith("got array of 2 numbers");
    assertRejected(reader, "{'embeddings':[]}", Reason.COUNT_MISMATCH).contains("empty");
    assertRejected(reader, "[]", Reason.MALFORMED).contains("expected texts");
  }
}
