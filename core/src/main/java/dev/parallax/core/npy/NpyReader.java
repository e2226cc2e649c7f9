package dev.parallax.core.npy;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a {@code .npy} matrix some rows at a time, so that its size is bounded by the disk and not
 * by memory. The file is checked when it is opened, as by {@link NpyFile}. Not thread-safe.
 */
public final class NpyReader implements Closeable {

  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final NpyHeader header;
  private int read;

  private NpyReader(InputStream in, NpyHeader header) {
    this.in = in;
    this.header = header;
  }

  /**
   * Opens a file and checks that it holds what its header announces.
   *
   * @throws NpyFormatException when it is not such a matrix
   * @throws IOException when it cannot be read
   */
  public static NpyReader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      return new NpyReader(in, header(in, Files.size(file)));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static NpyHeader header(InputStream in, long fileBytes) throws IOException {
    if (!Arrays.equals(in.readNBytes(NpyFile.MAGIC.length), NpyFile.MAGIC)) {
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
    requireLength(
        header, fileBytes - NpyFile.MAGIC.length - version.length - lengthBytes - headerBytes);
    return header;
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

  /** Number of rows of the matrix, 1 or more. */
  public int rows() {
    return header.rows();
  }

  /** Number of columns, 1 or more. */
  public int columns() {
    return header.columns();
  }

  /** What the file stores. */
  public NpyMatrix.ElementType elementType() {
    return header.elementType();
  }

  /**
   * The next rows, at most {@code limit}; none after the last. A stored float32 is exactly a
   * double.
   *
   * @throws NpyFormatException when the file has become shorter since it was opened
   */
  public double[][] next(int limit) throws IOException {
    double[][] rows = new double[Math.min(limit, header.rows() - read)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(read++);
    }
    return rows;
  }

  private double[] row(int index) throws IOException {
    byte[] bytes = readExactly(in, header.columns() * header.elementType().bytes(), "row " + index);
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
    return row;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
