package dev.parallax.ingest.format;

import static dev.parallax.ingest.format.Oip.inputs;
import static dev.parallax.ingest.format.Oip.littleEndian;
import static dev.parallax.ingest.format.Oip.rejectionOf;
import static dev.parallax.ingest.format.Oip.rows;
import static dev.parallax.ingest.format.Oip.tensor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.SampleFiles;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OipProtobufReaderTest {

  private static final BodyReader READER = new OipProtobufReader(FormatOptions.NONE);

  @Test
  void integersOfSeldonAreNoEmbeddings() {
    Body outputs = SampleFiles.body("seldon-core-v2/model-outputs.record.json").as(Side.RESPONSE);

    assertThat(rejectionOf(READER, outputs))
        .isEqualTo(
            new Rejection(
                Reason.NO_FLOAT_OUTPUT,
                "no float output; outputs are OUTPUT0 INT32[1,16], OUTPUT1 INT32[1,16]"));
    assertThat(
            rejectionOf(
                    READER,
                    SampleFiles.body("seldon-core-v2/pipeline-outputs.record.json")
                        .as(Side.RESPONSE))
                .reason())
        .isEqualTo(Reason.NO_FLOAT_OUTPUT);
  }

  @Test
  void anInputOfSeldonIsReadWhereItIsNamed() throws RejectedBodyException {
    Body body = SampleFiles.body("seldon-core-v2/model-inputs.record.json").as(Side.REQUEST);
    BodyReader named =
        new OipProtobufReader(new FormatOptions(Optional.empty(), Optional.of("INPUT1"), Map.of()));

    ModelInput.Tensor input = (ModelInput.Tensor) inputs(named, body).get(0);
    assertThat(input.shape()).containsExactly(16);
    assertThat(input.values().toFloats()).startsWith(1, 2, 3).endsWith(15, 16);
    assertThat(rejectionOf(READER, body).reason()).isEqualTo(Reason.MISSING_INPUT);
  }

  @Test
  void namesComeFromTheMessage() throws RejectedBodyException {
    byte[] body =
        new Message()
            .text(1, "model")
            .text(2, "3")
            .text(3, "id")
            .message(5, floats(tensor("e", "FP32", 1, 2), 1, 2))
            .toBytes();

    assertThat(((Payload.Response) READER.read(Body.of(body))).names())
        .isEqualTo(new CallNames(Optional.of("id"), Optional.of("model"), Optional.of("3")));
  }

  @Test
  void packedAndSingleNumbersAreTheSame() throws RejectedBodyException {
    Message single =
        new Message().float32(6, 1).float32(6, 2).bytes(6, littleEndian(3f)).float32(6, 4);
    Message body = new Message().message(5, tensor("e", "FP32", 2, 2).message(5, single));

    assertThat(rows(READER, Body.of(body.toBytes())))
        .containsExactly(new float[] {1, 2}, new float[] {3, 4});
  }

  @Test
  void doublesBecomeFloats() throws RejectedBodyException {
    Message contents = new Message().float64(7, 0.1).float64(7, 1e300);
    Message body = new Message().message(5, tensor("e", "FP64", 1, 2).message(5, contents));

    assertThat(rows(READER, Body.of(body.toBytes())))
        .containsExactly(new float[] {0.1f, Float.POSITIVE_INFINITY});
  }

  @Test
  void integersOfEveryWidthAreInputs() throws RejectedBodyException {
    byte[] ids = new byte[16];
    ids[0] = 7;
    ids[8] = 9;
    Message body = new Message().message(5, tensor("input_ids", "INT64", 1, 2)).bytes(7, ids);

    ModelInput.Tokens tokens = (ModelInput.Tokens) inputs(READER, Body.of(body.toBytes())).get(0);
    assertThat(tokens.ids()).containsExactly(7, 9);
  }

  @Test
  void textsAreReadOnTheSideOfTheRequest() throws RejectedBodyException {
    Message contents = new Message().text(8, "a").text(8, "é");
    Body body =
        Body.of(new Message().message(5, tensor("t", "BYTES", 2).message(5, contents)).toBytes());

    assertThat(inputs(READER, body))
        .containsExactly(new ModelInput.Text("a"), new ModelInput.Text("é"));
    assertThat(rejectionOf(READER, body.as(Side.RESPONSE)).reason())
        .isEqualTo(Reason.NO_FLOAT_OUTPUT);
  }

  @Test
  void anImageIsNoInput() {
    Message contents = new Message().bytes(8, new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    Message body = new Message().message(5, tensor("t", "BYTES", 1).message(5, contents));

    assertThat(rejectionOf(READER, Body.of(body.toBytes())).reason())
        .isEqualTo(Reason.MISSING_INPUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000000000100", // the first message
        "00ffffffff0200", // one index, 0
        "0000000001040206", // two indexes, 1 and 3
        "00000000010480010e", // an index of two bytes
      })
  void thePrefixOfARegistryIsPassedOver(String hex) throws RejectedBodyException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(HexFormat.of().parseHex(hex));
    body.writeBytes(new Message().message(5, floats(tensor("e", "FP32", 1, 2), 1, 2)).toBytes());

    assertThat(rows(READER, Body.of(body.toByteArray()))).containsExactly(new float[] {1, 2});
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "0000000001", "000000000100", "0000000001ff", "00000000017e00"})
  void aPrefixWithNothingBehindItIsMalformed(String hex) {
    assertThat(rejectionOf(READER, Body.of(HexFormat.of().parseHex(hex))).reason())
        .isEqualTo(Reason.MALFORMED);
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void rawContentsTellTheSideWhateverIsSaid(Side said) throws RejectedBodyException {
    Message tensor = tensor("e", "FP32", 1, 2);
    byte[] response = new Message().message(5, tensor).bytes(6, littleEndian(1f, 2f)).toBytes();
    byte[] request = new Message().message(5, tensor).bytes(7, littleEndian(1f, 2f)).toBytes();

    assertThat(READER.read(Body.of(response).as(said))).isInstanceOf(Payload.Response.class);
    assertThat(READER.read(Body.of(request).as(said))).isInstanceOf(Payload.Request.class);
  }

  @Test
  void theOutputsAskedForMakeARequest() throws RejectedBodyException {
    byte[] body =
        new Message()
            .message(5, floats(tensor("x", "FP32", 1, 3), 1, 2, 3))
            .message(6, new Message().text(1, "embedding"))
            .toBytes();

    assertThat(READER.read(Body.of(body))).isInstanceOf(Payload.Request.class);
  }

  @Test
  void contentsAloneAreAResponseIfAnyAreFloats() throws RejectedBodyException {
    byte[] floats = new Message().message(5, floats(tensor("e", "FP32", 1, 2), 1, 2)).toBytes();

    assertThat(READER.read(Body.of(floats))).isInstanceOf(Payload.Response.class);
    assertThat(READER.read(Body.of(floats).as(Side.REQUEST))).isInstanceOf(Payload.Request.class);
  }

  @Test
  void rawContentsBelongToTheTensorsWithoutContents() throws RejectedBodyException {
    Message body =
        new Message()
            .message(5, tensor("n", "INT32", 1).message(5, new Message().varint(2, 1)))
            .message(5, tensor("e", "FP32", 1, 2))
            .bytes(6, littleEndian(1f, 2f));

    assertThat(rows(READER, Body.of(body.toBytes()))).containsExactly(new float[] {1, 2});
  }

  @Test
  void rawContentsOfAnotherNumberAreMalformed() {
    Message body =
        new Message()
            .message(5, tensor("e", "FP32", 1, 2))
            .bytes(6, littleEndian(1f, 2f))
            .bytes(6, littleEndian(1f, 2f));

    assertThat(rejectionOf(READER, Body.of(body.toBytes())).reason()).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void contentsMustFitTheShape() {
    assertThat(
            rejectionOf(
                    READER,
                    Body.of(
                        new Message()
                            .message(5, floats(tensor("e", "FP32", 2, 2), 1, 2, 3))
                            .toBytes()))
                .reason())
        .isEqualTo(Reason.DIMENSION_MISMATCH);
    assertThat(
            rejectionOf(
                    READER,
                    Body.of(
                            new Message()
                                .message(5, tensor("e", "FP32", 2, 2))
                                .bytes(6, new byte[15])
                                .toBytes())
                        .as(Side.RESPONSE))
                .reason())
        .isEqualTo(Reason.DIMENSION_MISMATCH);
    assertThat(
            rejectionOf(
                    READER, Body.of(new Message().message(5, tensor("e", "FP32", 2, 2)).toBytes()))
                .reason())
        .isEqualTo(Reason.MISSING_FIELD);
  }

  @Test
  void vectorsOfTokensAreNotPooled() {
    Message body = new Message().message(5, floats(tensor("e", "FP32", 1, 1, 2), 1, 2));

    assertThat(rejectionOf(READER, Body.of(body.toBytes())).reason()).isEqualTo(Reason.NOT_POOLED);
  }

  @Test
  void aShapeHasBounds() {
    assertThat(
            rejectionOf(
                    READER, Body.of(new Message().message(5, tensor("e", "FP32", -1)).toBytes()))
                .reason())
        .isEqualTo(Reason.MALFORMED);
    assertThat(
            rejectionOf(
                    READER,
                    Body.of(
                        new Message()
                            .message(5, tensor("e", "FP32", 1, 1, 1, 1, 1, 1, 1, 1, 1))
                            .toBytes()))
                .reason())
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void thereAreNotMoreThan256Tensors() {
    Message body = new Message();
    for (int i = 0; i < 257; i++) {
      body.bytes(5, new byte[0]);
    }
    assertThat(rejectionOf(READER, Body.of(body.toBytes())).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void jsonIsMalformed() {
    assertThat(rejectionOf(READER, Body.of("{\"outputs\":[]}".getBytes(UTF_8))).reason())
        .isEqualTo(Reason.MALFORMED);
  }

  private static Message floats(Message tensor, float... values) {
    return tensor.message(5, new Message().bytes(6, littleEndian(values)));
  }
}
