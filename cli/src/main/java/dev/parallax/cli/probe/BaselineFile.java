package dev.parallax.cli.probe;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.Unreadable;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.probe.ProbeBaseline;
import dev.parallax.core.probe.ProbeBaselineCodec;
import dev.parallax.core.probe.ProbeSet;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A probe baseline in a file, for comparisons without Kafka. */
final class BaselineFile {

  /** Known to everyone: the texts of a set are no secret, and a file must not depend on one. */
  private static final String KEY = "parallax probe baseline file";

  private BaselineFile() {}

  /** Makes the input keys of files. */
  static InputKeyHasher hasher() {
    return new InputKeyHasher(KEY.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads the baseline of a set.
   *
   * @throws CliException if the file cannot be read, or is of another set
   */
  static ProbeBaseline read(Path file, ProbeSet set) {
    ProbeBaseline baseline;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      baseline = ProbeBaselineCodec.read(in);
    } catch (EOFException e) {
      throw CliException.failure(
          "--baseline " + file + ": expected a baseline, the file is cut", e);
    } catch (IOException e) {
      throw CliException.failure("--baseline " + file + ": " + Unreadable.because(e, file), e);
    }
    if (!baseline.setDigest().equals(set.digest())) {
      throw CliException.failure(
          "--baseline " + file + ": it is of another probe set than --set; make it anew");
    }
    return baseline;
  }

  /**
   * Writes a baseline.
   *
   * @throws CliException if the file cannot be written
   */
  static void write(ProbeBaseline baseline, Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ProbeBaselineCodec.write(baseline, new DataOutputStream(bytes));
      Files.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw CliException.failure(
          "--save-baseline " + file + ": cannot be written, " + Unreadable.because(e, file), e);
    }
  }
}
