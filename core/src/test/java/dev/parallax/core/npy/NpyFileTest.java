package dev.parallax.core.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {

  private static final String TWO_BY_TWO =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("matrix.npy");
  }

  private NpyMatrix read(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return NpyFile.read(file);
  }

  private void assertRefused(byte[] bytes, String message) {
    assertThatExceptionOfType(NpyFormatException.class)
        .isThrownBy(() -> read(bytes))
        .withMessage(message);
  }

  /** A file of the given format version with float32 data 1, 2, 3, … */
  private static byte[] npy(int version, String header, int floats) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer =
        ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + text.length + 4 * floats)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(HexFormat.of().parseHex("934e554d5059"))
            .put((byte) version)
            .put((byte) 0);
    if (version == 1) {
      buffer.putShort((short) text.length);
    } else {
      buffer.putInt(text.length);
    }
    buffer.put(text);
    for (int i = 1; i <= floats; i++) {
      buffer.putFloat(i);
    }
    return buffer.array();
  }

  @Test
  void readsTheBytesThatNumPyWrites() throws IOException {
    // numpy.save of numpy.array([[1.5, -2], [0.1, nan]], dtype=float32), NumPy 2.4.
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(HexFormat.of().parseHex("934e554d505901007600"));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";
    bytes.write(
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.UTF_8));
    bytes.write(HexFormat.of().parseHex("0000c03f000000c0cdcccc3d0000c07f"));

    NpyMatrix matrix = read(bytes.toByteArray());

    assertThat(matrix.elementType()).isEqualTo(NpyMatrix.ElementType.FLOAT32);
    assertThat(matrix.rows()).isEqualTo(2);
    assertThat(matrix.columns()).isEqualTo(2);
    assertThat(matrix.toRows()[0]).containsExactly(1.5, -2);
    assertThat(matrix.toRows()[1]).containsExactly(0.1f, Double.NaN);
  }

  @Test
  void writesTheBytesThatNumPyWrites() throws IOException {
    NpyFile.write(file, new float[][] {{1.5f, -2}, {0.1f, Float.NaN}});
    byte[] bytes = Files.readAllBytes(file);
    assertThat(Arrays.copyOf(bytes, 10)).isEqualTo(HexFormat.of().parseHex("934e554d505901007600"));
    assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
        .isEqualTo(TWO_BY_TWO + " ".repeat(117 - TWO_BY_TWO.length()) + "\n");
    assertThat(Arrays.copyOfRange(bytes, 128, bytes.length))
        .isEqualTo(HexFormat.of().parseHex("0000c03f000000c0cdcccc3d0000c07f"));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    double[][] doubles = {{Math.PI, -0.0, 1e-320}, {Double.NEGATIVE_INFINITY, 1e300, 4}};
    NpyFile.write(file, doubles);
    NpyMatrix matrix = NpyFile.read(file);
    assertThat(matrix.elementType()).isEqualTo(NpyMatrix.ElementType.FLOAT64);
    assertThat(matrix.toRows()).isDeepEqualTo(doubles);
    assertThat(matrix.get(1, 2)).isEqualTo(4);
  }

  @ParameterizedTest(name = "version {0}")
  @ValueSource(ints = {1, 2, 3})
  void readsEveryFormatVersion(int version) throws IOException {
    assertThat(read(npy(version, TWO_BY_TWO, 4)).toRows())
        .isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr':'<f4','fortran_order':False,'shape':(2,2)}",
        "{ \"shape\" : ( 2 , 2 , ) , 'fortran_order' : False , 'descr' : \"<f4\" , }  "
      })
  void readsTheHeaderInAnyOrderAndSpacing(String header) throws IOException {
    assertThat(read(npy(1, header, 4)).toRows()).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
  }

  @Test
  void aMissingFileIsNotAFormatError() {
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> NpyFile.read(file));
  }

  @Test
  void writingRefusesRaggedAndEmptyRowsBeforeTouchingTheFile() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NpyFile.write(file, new float[][] {{1, 2}, {3}}))
        .withMessage("row 1: expected width 2, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NpyFile.write(file, new double[0][]))
        .withMessage("expected one or more rows and columns, got 0 and 0");
    assertThat(file).doesNotExist();
  }

  @Nested
  class Refuses {

    @Test
    void whatIsNotNpy() {
      assertRefused(new byte[0], "not a .npy file: it does not start with \\x93NUMPY");
      assertRefused(
          "PK\3\4......".getBytes(StandardCharsets.UTF_8),
          "not a .npy file: it does not start with \\x93NUMPY");
    }

    @Test
    void anUnknownFormatVersion() {
      byte[] bytes = npy(1, TWO_BY_TWO, 4);
      bytes[6] = 4;
      assertRefused(bytes, "expected format version 1.0, 2.0 or 3.0, got 4.0");
      bytes[6] = 1;
      bytes[7] = (byte) 200;
      assertRefused(bytes, "expected format version 1.0, 2.0 or 3.0, got 1.200");
    }

    @Test
    void aFileThatEndsEarly() {
      byte[] bytes = npy(2, TWO_BY_TWO, 4);
      assertRefused(Arrays.copyOf(bytes, 7), "the file ends inside the format version");
      assertRefused(Arrays.copyOf(bytes, 10), "the file ends inside the header length");
      assertRefused(Arrays.copyOf(bytes, 30), "the file ends inside the header");
    }

    @Test
    void dataThatAreNotAsLongAsTheShapeSays() {
      assertRefused(
          npy(1, TWO_BY_TWO, 3), "truncated: shape (2, 2) of <f4 needs 16 bytes of data, got 12");
      assertRefused(
          npy(1, TWO_BY_TWO, 5),
          "trailing bytes: shape (2, 2) of <f4 needs 16 bytes of data, got 20");
    }

    @Test
    void aHeaderOfMoreThan64KiB() {
      byte[] bytes = npy(2, TWO_BY_TWO, 4);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 65_537);
      assertRefused(bytes, "expected a header of at most 65536 bytes, got 65537");
      ByteBuffer.wrap(bytes).putInt(8, -1);
      assertRefused(bytes, "expected a header of at most 65536 bytes, got 4294967295");
    }

    @Test
    void aShapeThatWouldOverflowWithoutAllocatingIt() {
      assertRefused(
          npy(1, TWO_BY_TWO.replace("(2, 2)", "(200000000, 200000000)"), 4),
          "truncated: shape (200000000, 200000000) of <f4 needs 160000000000000000 bytes of data,"
              + " got 16");
      assertRefused(
          npy(1, TWO_BY_TWO.replace("(2, 2)", "(2, 4611686018427387904)"), 4),
          "shape: expected dimensions from 1 to 268435455, got [2, 4611686018427387904]");
      assertRefused(
          npy(1, TWO_BY_TWO.replace("(2, 2)", "(2, 99999999999999999999)"), 4),
          "shape: 99999999999999999999 is too large");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '`',
        value = {
          "'<f4'  ~ '>f4'   ~ descr: expected '<f4' or '<f8' (little-endian float32 or float64), got '>f4'",
          "'<f4'  ~ '<f2'   ~ descr: expected '<f4' or '<f8' (little-endian float32 or float64), got '<f2'",
          "'<f4'  ~ '<i8'   ~ descr: expected '<f4' or '<f8' (little-endian float32 or float64), got '<i8'",
          "'<f4'  ~ '|O'    ~ descr: expected '<f4' or '<f8' (little-endian float32 or float64), got '|O'",
          "'<f4'  ~ False   ~ descr: expected '<f4' or '<f8' (little-endian float32 or float64), got 'false'",
          "'<f4'  ~ [('a', '<f4')] ~ header: expected a string, True, False or a tuple of integers at character 10, got '['",
          "False  ~ True    ~ fortran_order: expected False (C order), got True",
          "False  ~ '<f4'   ~ fortran_order: expected False, got <f4",
          "False  ~ Falsy   ~ header: expected False at character 34, got 'F'",
          "(2, 2) ~ (4,)    ~ shape: expected 2 dimensions, got 1",
          "(2, 2) ~ ()      ~ shape: expected 2 dimensions, got 0",
          "(2, 2) ~ (2,2,1) ~ shape: expected 2 dimensions, got 3",
          "(2, 2) ~ (0, 2)  ~ shape: expected dimensions from 1 to 268435455, got [0, 2]",
          "(2, 2) ~ (-2, 2) ~ header: expected a non-negative integer at character 51, got '-'",
          "(2, 2) ~ (2.0, 2) ~ header: expected ',' at character 52, got '.'",
          "(2, 2) ~ 'x'     ~ shape: expected a tuple, got x",
          "'descr' ~ 'desc' ~ header: unknown key 'desc'",
          "'shape' ~ 'descr' ~ header: key 'descr' appears twice",
          "'descr': '<f4', ~ `` ~ header: key 'descr' is missing",
          "'descr' ~ descr  ~ header: expected a string at character 1, got 'd'",
          "'descr' ~ 'de\\scr' ~ header: expected a string without escapes at character 1, got '''",
          "}      ~ `}  x`  ~ header: expected the end at character 61, got 'x'",
          "}      ~ ``      ~ header: expected more at character 59, got the end",
          "{      ~ [       ~ header: expected '{' at character 0, got '['",
        })
    void aHeaderThatIsNotOneOfOurs(String part, String replacement, String message) {
      assertRefused(npy(1, TWO_BY_TWO.replace(part, replacement), 4), message);
    }
  }
}
