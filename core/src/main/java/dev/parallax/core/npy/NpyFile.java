package dev.parallax.core.npy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int BUFFER_BYTES = 1 << 16;

  /** Data start at a multiple of this, for readers that map the file. */
  private static final int ALIGNMENT = 64;

  private NpyFile() {}

  /**
   * Reads a whole file; {@link NpyReader} reads one that memory cannot hold.
   *
   * @throws NpyFormatException when it is not such a matrix
   * @throws IOException when it cannot be read
   */
  public static NpyMatrix read(Path file) throws IOException {
    try (NpyReader reader = NpyReader.open(file)) {
      return new NpyMatrix(reader.elementType(), reader.next(reader.rows()));
    }
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
