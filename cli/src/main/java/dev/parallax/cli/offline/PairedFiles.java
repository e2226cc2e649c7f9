package dev.parallax.cli.offline;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.Unreadable;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.npy.NpyFormatException;
import dev.parallax.core.npy.NpyReader;
import dev.parallax.core.similarity.PairedRows;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Two {@code .npy} files of paired rows, read side by side. Whatever is wrong with one of them is a
 * {@link CliException} that names it.
 */
final class PairedFiles implements AutoCloseable {

  /** Reads from one file. */
  private interface Read<T> {
    T read() throws IOException;
  }

  private final Path productionFile;
  private final Path referenceFile;
  private final RowNormalisation normalisation;
  private final NpyReader production;
  private final NpyReader reference;

  private PairedFiles(
      Path productionFile,
      Path referenceFile,
      RowNormalisation normalisation,
      NpyReader production,
      NpyReader reference) {
    this.productionFile = productionFile;
    this.referenceFile = referenceFile;
    this.normalisation = normalisation;
    this.production = production;
    this.reference = reference;
  }

  static PairedFiles open(Path production, Path reference, RowNormalisation normalisation) {
    NpyReader live = from(production, () -> NpyReader.open(production));
    try {
      NpyReader space = from(reference, () -> NpyReader.open(reference));
      return new PairedFiles(production, reference, normalisation, live, space);
    } catch (CliException e) {
      from(production, () -> closed(live));
      throw e;
    }
  }

  void requireEqualCounts() {
    if (production.rows() != reference.rows()) {
      throw CliException.failure(
          productionFile
              + " has "
              + production.rows()
              + " rows and "
              + referenceFile
              + " has "
              + reference.rows()
              + ": expected one row per input in both");
    }
  }

  /** Rows of each file. */
  int count() {
    return production.rows();
  }

  int widthProduction() {
    return production.columns();
  }

  int widthReference() {
    return reference.columns();
  }

  /** Bytes of all rows of both files in double precision. */
  long bytes() {
    return (long) count() * (widthProduction() + widthReference()) * Double.BYTES;
  }

  /** The next pairs, at most {@code limit}, each row normalised; none after the last. */
  PairedRows next(int limit) {
    return new PairedRows(
        rows(productionFile, production, limit), rows(referenceFile, reference, limit));
  }

  private RowMatrix rows(Path file, NpyReader reader, int limit) {
    return RowMatrix.of(from(file, () -> reader.next(limit))).normalised(normalisation);
  }

  private static <T> T from(Path file, Read<T> read) {
    try {
      return read.read();
    } catch (NpyFormatException e) {
      throw CliException.failure(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw CliException.failure(file + ": cannot be read: " + Unreadable.because(e, file), e);
    }
  }

  private static boolean closed(NpyReader reader) throws IOException {
    reader.close();
    return true;
  }

  @Override
  public void close() {
    try {
      from(productionFile, () -> closed(production));
    } finally {
      from(referenceFile, () -> closed(reference));
    }
  }
}
