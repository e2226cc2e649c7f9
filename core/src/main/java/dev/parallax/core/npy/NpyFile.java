package dev.parallax.core.npy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Reads and writes {@code .npy} files that hold one matrix of little-endian float32 or float64 in C
 * order.
 *
 * <p>Format versions 1, 2 and 3 are read, version 1 is written. A file is refused unless its length
 * is exactly what its header announces, and before anything of that size is allocated.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The format
 *     </a>
 */
public final class NpyFile {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Data start at a multiple of this, for readers that map the file. */
  private static final int ALIGNMENT = 64;

  private NpyFile() {}

  /**
   * Reads a whole file.
   *
   * @throws NpyFormatException when it is not such a matrix
   * @throws IOException when it cannot be read
   */
  public static NpyMatrix read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      return read(in, Files.size(file));
    }
  }

  private static NpyMatrix read(InputStream in, long fileBytes) throws IOException {
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new NpyFormatException("not a .npy file: it does not start with \\x93NUMPY");
    }
    byte[] version = readExactly(in, 2, "the format version");
    if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
      throw new NpyFormatException(
          "expected format version 1.0, 2.0 or 3.0, got "
              + Byte.toUnsignedInt(version[0])
              + "."
              + Byte.toUnsignedInt(version[1]));
    }
    int lengthBytes = version[0] == 1 ? Short.BYTES : Integer.BYTES;
    long headerBytes = littleEndian(readExactly(in, lengthBytes, "the header length"));
    if (headerBytes > MAX_HEADER_BYTES) {
      throw new NpyFormatException(
          "expected a header of at most " + MAX_HEADER_BYTES + " bytes, got " + headerBytes);
    }
    byte[] text = readExactly(in, (int) headerBytes, "the header");
    NpyHeader header = NpyHeader.parse(new String(text, StandardCharsets.UTF_8));
    requireLength(header, fileBytes - MAGIC.length - version.length - lengthBytes - headerBytes);
    return readRows(in, header);
  }

  private static byte[] readExactly(InputStream in, int bytes, String what) throws IOException {
    byte[] read = in.readNBytes(bytes);
    if (read.length != bytes) {
      throw new NpyFormatException("the file ends inside " + what);
    }
    return read;
  }

  private static long littleEndian(byte[] bytes) {
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(bytes[i]);
    }
    return value;
  }

  private static void requireLength(NpyHeader header, long actual) throws NpyFormatException {
    String shape = "shape (" + header.rows() + ", " + header.columns() + ")";
    // Both dimensions are below 2^28, so the product of three fits a long.
    long expected = (long) header.rows() * header.columns() * header.elementType().bytes();
    if (actual != expected) {
      throw new NpyFormatException(
          (actual < expected ? "truncated: " : "trailing bytes: ")
              + shape
              + " of "
              + header.elementType().descr()
              + " needs "
              + expected
              + " bytes of data, got "
              + actual);
    }
  }

  private static NpyMatrix readRows(InputStream in, NpyHeader header) throws IOException {
    double[][] values = new double[header.rows()][];
    for (int i = 0; i < values.length; i++) {
      byte[] bytes = readExactly(in, header.columns() * header.elementType().bytes(), "row " + i);
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      double[] row = new double[header.columns()];
      switch (header.elementType()) {
        case FLOAT32 -> {
          for (int j = 0; j < row.length; j++) {
            row[j] = buffer.getFloat();
          }
        }
        case FLOAT64 -> buffer.asDoubleBuffer().get(row);
      }
      values[i] = row;
    }
    return new NpyMatrix(header.elementType(), values);
  }

  /**
   * Writes float32 rows, replacing any file there.
   *
   * @throws IllegalArgumentException when there is no entry, or rows differ in width
   */
  public static void write(Path file, float[][] rows) throws IOException {
    int columns = requireRectangle(rows.length, i -> rows[i].length);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      out.write(prefix(NpyMatrix.ElementType.FLOAT32, rows.length, columns));
      ByteBuffer buffer = littleEndianBuffer(columns * Float.BYTES);
      for (float[] row : rows) {
        buffer.asFloatBuffer().put(row);
        out.write(buffer.array());
      }
    }
  }

  /**
   * Writes float64 rows, replacing any file there.
   *
   * @throws IllegalArgumentException when there is no entry, or rows differ in width
   */
  public static void write(Path file, double[][] rows) throws IOException {
    int columns = requireRectangle(rows.length, i -> rows[i].length);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      out.write(prefix(NpyMatrix.ElementType.FLOAT64, rows.length, columns));
      ByteBuffer buffer = littleEndianBuffer(columns * Double.BYTES);
      for (double[] row : rows) {
        buffer.asDoubleBuffer().put(row);
        out.write(buffer.array());
      }
    }
  }

  private static int requireRectangle(int rows, IntUnaryOperator width) {
    int columns = rows == 0 ? 0 : width.applyAsInt(0);
    if (columns == 0) {
      throw new IllegalArgumentException(
          "expected one or more rows and columns, got " + rows + " and " + columns);
    }
    for (int i = 1; i < rows; i++) {
      if (width.applyAsInt(i) != columns) {
        throw new IllegalArgumentException(
            "row " + i + ": expected width " + columns + ", got " + width.applyAsInt(i));
      }
    }
    return columns;
  }

  /** Everything before the data. */
  private static byte[] prefix(NpyMatrix.ElementType elementType, int rows, int columns) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(elementType.descr(), rows, columns);
    int unpadded = MAGIC.length + 2 + Short.BYTES + header.length() + 1;
    int bytes = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    String padded = header + " ".repeat(bytes - unpadded) + "\n";
    return littleEndianBuffer(bytes)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static ByteBuffer littleEndianBuffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
