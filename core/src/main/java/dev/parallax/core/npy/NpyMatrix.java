package dev.parallax.core.npy;

/**
 * A matrix read from a {@code .npy} file, with at least one row and one column.
 *
 * <p>Immutable. Entries may be NaN or infinite, as in the file.
 */
public final class NpyMatrix {

  /** Element type of the file, little-endian. */
  public enum ElementType {
    /** IEEE 754 single precision. */
    FLOAT32("<f4", Float.BYTES),
    /** IEEE 754 double precision. */
    FLOAT64("<f8", Double.BYTES);

    private final String descr;
    private final int bytes;

    ElementType(String descr, int bytes) {
      this.descr = descr;
      this.bytes = bytes;
    }

    /** The type as the header writes it. */
    String descr() {
      return descr;
    }

    /** Bytes per element. */
    int bytes() {
      return bytes;
    }
  }

  private final ElementType elementType;
  private final double[][] values;

  /** Takes ownership of {@code values}. */
  NpyMatrix(ElementType elementType, double[][] values) {
    this.elementType = elementType;
    this.values = values;
  }

  /** What the file stored; {@link #toRows()} is in double precision either way. */
  public ElementType elementType() {
    return elementType;
  }

  /** Number of rows. */
  public int rows() {
    return values.length;
  }

  /** Number of columns. */
  public int columns() {
    return values[0].length;
  }

  /** The entry of row {@code row} and column {@code column}, both counted from 0. */
  public double get(int row, int column) {
    return values[row][column];
  }

  /** A copy of all rows; a stored float32 is exactly a double. */
  public double[][] toRows() {
    double[][] copy = new double[values.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i].clone();
    }
    return copy;
  }
}
