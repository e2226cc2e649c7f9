package dev.parallax.core.similarity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/** One line of {@code oracle/expected.tsv} with its two matrices; see the README beside it. */
record PublishedCase(
    String name,
    RowMatrix x,
    RowMatrix y,
    OptionalDouble biased,
    OptionalDouble debiased,
    HsicTriple hsic,
    OptionalDouble biasedL2,
    OptionalDouble debiasedL2) {

  static List<PublishedCase> all() throws IOException {
    List<PublishedCase> cases = new java.util.ArrayList<>();
    List<String> lines =
        new String(bytes("expected.tsv"), StandardCharsets.UTF_8).lines().skip(1).toList();
    for (String line : lines) {
      cases.add(parse(line.split("\t")));
    }
    return cases;
  }

  private static PublishedCase parse(String[] f) throws IOException {
    int n = Integer.parseInt(f[2]);
    return new PublishedCase(
        f[0],
        matrix(f[1], n, Integer.parseInt(f[3])),
        matrix(f[4], n, Integer.parseInt(f[5])),
        number(f[6]),
        number(f[7]),
        new HsicTriple(
            Double.parseDouble(f[8]), Double.parseDouble(f[9]), Double.parseDouble(f[10])),
        number(f[11]),
        number(f[12]));
  }

  private static OptionalDouble number(String field) {
    return field.equals("-")
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(field));
  }

  private static RowMatrix matrix(String file, int rows, int columns) throws IOException {
    ByteBuffer data = ByteBuffer.wrap(bytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      data.asFloatBuffer().get(row);
      data.position(data.position() + columns * Float.BYTES);
    }
    return RowMatrix.of(matrix);
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in = PublishedCase.class.getResourceAsStream("/oracle/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }

  /** Absolute, for CKA; wider where the offset is 1e4 times the spread. */
  double tolerance() {
    return name.startsWith("g2") ? 1e-7 : 1e-9;
  }

  @Override
  public String toString() {
    return name;
  }
}
