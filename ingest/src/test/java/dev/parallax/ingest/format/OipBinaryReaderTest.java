package dev.parallax.ingest.format;

import static dev.parallax.ingest.format.Oip.binary;
import static dev.parallax.ingest.format.Oip.inputs;
import static dev.parallax.ingest.format.Oip.littleEndian;
import static dev.parallax.ingest.format.Oip.rejectionOf;
import static dev.parallax.ingest.format.Oip.rows;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.SampleFiles;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OipBinaryReaderTest {

  private static final String MIXED = "oip-v2/binary-response-fp16-and-json-fp32.json";
  private static final float[] FP32 = {6.8f, 2.8f, 4.8f, 1.4f, 6f, 3.4f, 4.5f, 1.6f};
  private static final float[] FP16 = {
    6.80078125f, 2.80078125f, 4.80078125f, 1.400390625f, 6f, 3.400390625f, 4.5f, 1.599609375f
  };

  private static final BodyReader READER = reader(FormatOptions.NONE);

  @Test
  void aBinaryAndAJsonTensorStandSideBySide() throws RejectedBodyException {
    Body body = SampleFiles.body(MIXED);

    assertThat(rows(named("fp16_output"), body)).containsExactly(FP16);
    assertThat(rows(named("fp32_output"), body)).containsExactly(FP32);
    assertThat(((Payload.Response) named("fp16_output").read(body)).names())
        .isEqualTo(
            new CallNames(Optional.of("123"), Optional.of("FP16OutputModel"), Optional.empty()));
  }

  @Test
  void halvesKeepTheirNumberFormat() throws RejectedBodyException {
    Payload.Response response =
        (Payload.Response) named("fp16_output").read(SampleFiles.body(MIXED));

    assertThat(((ModelOutput.Embedding) response.outputs().get(0)).vector().dtype())
        .isEqualTo(Dtype.F16);
  }

  @Test
  void twoFloatOutputsMustBeTold() {
    assertThat(rejectionOf(READER, SampleFiles.body(MIXED)))
        .isEqualTo(
            new Rejection(
                Reason.NO_FLOAT_OUTPUT,
                "more than one float output: name one as output tensor; outputs are"
                    + " fp16_output FP16[8], fp32_output FP32[8]"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 344, 346, 361, 362, Integer.MAX_VALUE})
  void aWrongLengthOfTheHeadIsNotBelieved(int length) throws RejectedBodyException {
    Body body = Body.of(SampleFiles.body(MIXED).bytes());

    assertThat(rows(named("fp16_output"), body.withHeadLength(length))).containsExactly(FP16);
    assertThat(rows(named("fp16_output"), body)).containsExactly(FP16);
  }

  @Test
  void whiteSpaceBetweenHeadAndTailNeedsTheLength() throws RejectedBodyException {
    String head =
        head("{'name':'e','datatype':'FP32','shape':[1,2],'parameters':{'binary_data_size':8}}");
    byte[] body = binary(head + "  ", littleEndian(1f, 2f));

    assertThat(rows(READER, Body.of(body).withHeadLength(head.length() + 2)))
        .containsExactly(new float[] {1, 2});
    assertThat(rejectionOf(READER, Body.of(body)).reason()).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void theHeadOfTritonsDocumentationTakesItsTail() throws RejectedBodyException {
    byte[] head = SampleFiles.bytes("triton/binary-response-header.json");
    String text = new String(head, UTF_8).strip();

    assertThat(rows(READER, Body.of(binary(text, littleEndian(1f, 2f, 3f, 4f, 5f, 6f)))))
        .containsExactly(new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6});
    assertThat(rejectionOf(READER, Body.of(head)).reason()).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void outputsOfWidthOneAreNoEmbeddings() {
    String head =
        new String(SampleFiles.bytes("triton/raw-binary-two-outputs-response-header.json"), UTF_8)
            .strip();
    byte[] tail = littleEndian(1f, 2f, 3f, 4f, 5f, 6f);

    assertThat(rejectionOf(READER, Body.of(binary(head, tail))).reason())
        .isEqualTo(Reason.NO_FLOAT_OUTPUT);
  }

  @Test
  void tensorsAloneHaveNoHead() {
    byte[] tail = littleEndian(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f);

    assertThat(rejectionOf(READER, Body.of(tail)).reason()).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void aRequestOfTwoNumericInputsSaysWhichThereAre() {
    String head = new String(SampleFiles.bytes("triton/binary-request-header.json"), UTF_8).strip();

    assertThat(rejectionOf(READER, Body.of(binary(head, new byte[19]))))
        .isEqualTo(
            new Rejection(
                Reason.MISSING_INPUT,
                "expected one input, or one named as input tensor; inputs are"
                    + " input0 UINT32[2,2], input1 BOOL[3]"));
  }

  @Test
  void labelsAreNoEmbeddings() {
    assertThat(
            rejectionOf(
                    READER, SampleFiles.body("triton/classification-response-not-embedding.json"))
                .reason())
        .isEqualTo(Reason.NO_FLOAT_OUTPUT);
  }

  @Test
  void textsOfARequestHaveALengthBeforeEach() throws RejectedBodyException {
    byte[] tail = Oip.texts("héllo", "", "�");
    String head =
        "{'inputs':[{'name':'t','datatype':'BYTES','shape':[3,1],'parameters':{'binary_data_size':"
            + tail.length
            + "}}]}";

    assertThat(inputs(READER, Body.of(binary(head.replace('\'', '"'), tail))))
        .containsExactly(
            new ModelInput.Text("héllo"), new ModelInput.Text(""), new ModelInput.Text("�"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MISSING_INPUT      | 05000000 ff00000000",
        "MALFORMED          | 06000000 6161616161",
        "MALFORMED          | ffffffff",
        "MALFORMED          | 0000",
        "DIMENSION_MISMATCH | 00000000 00000000",
      })
  void textsThatAreNoneAreRejected(Reason reason, String hex) {
    byte[] tail = HexFormat.of().parseHex(hex.replace(" ", ""));
    String head =
        "{'inputs':[{'name':'t','datatype':'BYTES','shape':[1],'parameters':{'binary_data_size':"
            + tail.length
            + "}}]}";

    assertThat(rejectionOf(READER, Body.of(binary(head.replace('\'', '"'), tail))).reason())
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MALFORMED          | [1,2] | -8",
        "MALFORMED          | [1,2] | 8.5",
        "MALFORMED          | [1,2] | [8]",
        "MALFORMED          | [1,2] | 9",
        "MALFORMED          | [1,2] | 99999999999999999999",
        "MALFORMED          | [1,2] | 7",
        "DIMENSION_MISMATCH | [1,3] | 8",
        "DIMENSION_MISMATCH | [3037000500,3037000500] | 8",
        "DIMENSION_MISMATCH | [4294967296,4294967296] | 8",
        "NOT_POOLED         | [1,1,2] | 8",
        "MALFORMED          | [1,-2] | 8",
      })
  void sizesMustFitShapeAndTail(Reason reason, String shape, String size) {
    String head =
        head(
            "{'name':'e','datatype':'FP32','shape':"
                + shape
                + ",'parameters':{'binary_data_size':"
                + size
                + "}}");

    assertThat(rejectionOf(READER, Body.of(binary(head, littleEndian(1f, 2f)))).reason())
        .isEqualTo(reason);
  }

  @Test
  void aTensorThatNobodyAsksForMayBeOfAnUnknownKind() throws RejectedBodyException {
    String head =
        head(
            "{'name':'x','datatype':'COMPLEX','shape':[1],'parameters':{'binary_data_size':3}},"
                + "{'name':'e','datatype':'FP32','shape':[1,2],'parameters':{'binary_data_size':8}}");

    assertThat(rows(READER, Body.of(binary(head, new byte[3], littleEndian(1f, 2f)))))
        .containsExactly(new float[] {1, 2});
  }

  @Test
  void aBodyWithoutBinaryTensorsIsReadToo() throws RejectedBodyException {
    assertThat(rows(READER, SampleFiles.body("oip-v2/infer-response.json"))).hasSize(3);
    assertThat(inputs(READER, SampleFiles.body("oip-v2/text-embedding-request-bytes.json")))
        .containsExactly(new ModelInput.Text("This is an example sentence."));
  }

  @Test
  void anErrorIsRejectedAsSuch() {
    assertThat(rejectionOf(READER, Body.of(binary("{\"error\":\"no such model\"}"))).reason())
        .isEqualTo(Reason.ERROR_BODY);
  }

  private static String head(String outputs) {
    return ("{'outputs':[" + outputs + "]}").replace('\'', '"');
  }

  private static BodyReader named(String outputTensor) {
    return reader(new FormatOptions(Optional.of(outputTensor), Optional.empty(), Map.of()));
  }

  private static BodyReader reader(FormatOptions options) {
    return new OipBinaryReader(options);
  }
}
