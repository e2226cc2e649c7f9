package dev.parallax.core.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyReaderTest {

  @TempDir Path directory;

  private Path matrix(int rows, int columns) throws IOException {
    double[][] values = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      Arrays.setAll(values[i], j -> 0.1);
      values[i][0] = i;
    }
    Path file = directory.resolve("matrix.npy");
    NpyFile.write(file, values);
    return file;
  }

  @ParameterizedTest(name = "{0} rows at a time")
  @ValueSource(ints = {1, 3, 10, 11})
  void allRowsComeOnceAndInOrder(int limit) throws IOException {
    List<Double> seen = new ArrayList<>();
    try (NpyReader reader = NpyReader.open(matrix(10, 3))) {
      for (double[][] rows = reader.next(limit); rows.length > 0; rows = reader.next(limit)) {
        assertThat(rows.length).isLessThanOrEqualTo(limit);
        Arrays.stream(rows).forEach(row -> seen.add(row[0]));
      }
      assertThat(reader.next(limit)).isEmpty();
    }

    assertThat(seen).containsExactly(0., 1., 2., 3., 4., 5., 6., 7., 8., 9.);
  }

  @Test
  void theShapeIsKnownBeforeAnyRowIsRead() throws IOException {
    try (NpyReader reader = NpyReader.open(matrix(4, 2))) {
      assertThat(reader.rows()).isEqualTo(4);
      assertThat(reader.columns()).isEqualTo(2);
      assertThat(reader.elementType()).isEqualTo(NpyMatrix.ElementType.FLOAT64);
    }
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsRefused() throws IOException {
    Path file = matrix(20_000, 1);
    try (NpyReader reader = NpyReader.open(file)) {
      reader.next(1);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(Files.size(file) - 1);
      }

      assertThatExceptionOfType(NpyFormatException.class)
          .isThrownBy(() -> reader.next(20_000))
          .withMessage("the file ends inside row 19999");
    }
  }
}
