package dev.parallax.ingest.format;

import static dev.parallax.ingest.format.Oip.rows;
import static dev.parallax.ingest.format.Oip.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One tensor in every form of the protocol. */
class OipFormsTest {

  private static final BodyReader BINARY = new OipBinaryReader(FormatOptions.NONE);
  private static final BodyReader PROTOBUF = new OipProtobufReader(FormatOptions.NONE);
  private static final BodyReader JSON = new OipJsonReader(FormatOptions.NONE);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void everyFormGivesTheSameVectors(long seed) throws RejectedBodyException {
    Random random = new Random(seed);
    int rows = 1 + random.nextInt(4);
    int width = 2 + random.nextInt(20);
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    float[][] expected = new float[rows][];
    for (int row = 0; row < rows; row++) {
      expected[row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }

    Body json = Body.of(Oip.binary(head("FP32", rows, width, "'data':" + Arrays.toString(values))));
    Body binary = binary("FP32", rows, width, Oip.littleEndian(values));
    Message tensor = tensor("e", "FP32", rows, width);
    byte[] raw = Oip.littleEndian(values);
    Body rawContents = Body.of(new Message().message(5, tensor).bytes(6, raw).toBytes());
    Body contents =
        Body.of(
            new Message()
                .message(
                    5, tensor("e", "FP32", rows, width).message(5, new Message().bytes(6, raw)))
                .toBytes());

    assertThat(rows(JSON, json)).containsExactly(expected);
    assertThat(rows(BINARY, json)).containsExactly(expected);
    assertThat(rows(BINARY, binary)).containsExactly(expected);
    assertThat(rows(PROTOBUF, rawContents)).containsExactly(expected);
    assertThat(rows(PROTOBUF, contents)).containsExactly(expected);

    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    assertThat(rows(BINARY, binary("FP64", rows, width, Oip.littleEndian(doubles))))
        .containsExactly(expected);
    // Cutting a binary32 after 10 or 7 bits of fraction loses less than one unit of the last.
    assertNear(rows(BINARY, binary("FP16", rows, width, Oip.half(values))), expected, 0x1p-10);
    assertNear(rows(BINARY, binary("BF16", rows, width, Oip.brain(values))), expected, 0x1p-7);
    assertNear(
        rows(
            PROTOBUF,
            Body.of(
                new Message()
                    .message(5, tensor("e", "FP16", rows, width))
                    .bytes(6, Oip.half(values))
                    .toBytes())),
        expected,
        0x1p-10);
  }

  private static void assertNear(List<float[]> rows, float[][] expected, double relative) {
    assertThat(rows).hasSize(expected.length);
    for (int row = 0; row < expected.length; row++) {
      for (int i = 0; i < expected[row].length; i++) {
        float value = expected[row][i];
        // 2⁻²⁴ is the smallest binary16.
        assertThat(rows.get(row)[i])
            .isCloseTo(value, within((float) Math.max(Math.abs(value) * relative, 0x1p-14)));
      }
    }
  }

  private static Body binary(String datatype, int rows, int width, byte[] tail) {
    String size = "'parameters':{'binary_data_size':" + tail.length + "}";
    return Body.of(Oip.binary(head(datatype, rows, width, size), tail));
  }

  private static String head(String datatype, int rows, int width, String rest) {
    return ("{'outputs':[{'name':'e','datatype':'"
            + datatype
            + "','shape':["
            + rows
            + ","
            + width
            + "],"
            + rest
            + "}]}")
        .replace('\'', '"');
  }
}
