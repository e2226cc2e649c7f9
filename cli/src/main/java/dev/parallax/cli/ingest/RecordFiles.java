package dev.parallax.cli.ingest;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.Unreadable;
import dev.parallax.ingest.json.JsonTree;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads files that hold records: one, or one to a line. */
final class RecordFiles {

  private RecordFiles() {}

  /**
   * The records of {@code file}. It holds one to a line if its name ends in {@code .jsonl} or
   * {@code .ndjson}, or if it is not JSON but each of its lines is.
   *
   * @throws CliException if it cannot be read
   */
  static List<Part> read(Path file) {
    byte[] bytes;
    long modified;
    try {
      bytes = Files.readAllBytes(file);
      modified = Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw CliException.failure(file + ": cannot be read: " + Unreadable.because(e, file), e);
    }
    List<Part> lines = lines(file, bytes, modified);
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean byName = name.endsWith(".jsonl") || name.endsWith(".ndjson");
    boolean byLook =
        lines.size() > 1 && !isJson(bytes) && lines.stream().allMatch(line -> isJson(line.bytes));
    return byName || byLook ? lines : List.of(new Part(file.toString(), bytes, modified));
  }

  /** The lines that are not blank. */
  private static List<Part> lines(Path file, byte[] bytes, long modified) {
    List<Part> lines = new ArrayList<>();
    int start = 0;
    for (int number = 1; start < bytes.length; number++) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      byte[] line = Arrays.copyOfRange(bytes, start, end);
      if (!isBlank(line)) {
        lines.add(new Part(file + ":" + number, line, modified));
      }
      start = end + 1;
    }
    return lines;
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b < 0 || b > ' ') {
        return false;
      }
    }
    return true;
  }

  private static boolean isJson(byte[] bytes) {
    try {
      JsonTree.read(bytes);
      return true;
    } catch (NotJsonException e) {
      return false;
    }
  }

  /** What one record is made of. */
  static final class Part {
    private final String label;
    private final byte[] bytes;
    private final long modifiedMillis;

    private Part(String label, byte[] bytes, long modifiedMillis) {
      this.label = label;
      this.bytes = bytes;
      this.modifiedMillis = modifiedMillis;
    }

    /** The file, with the number of the line where it holds several. */
    String label() {
      return label;
    }

    /** Its bytes, shared. */
    byte[] bytes() {
      return bytes;
    }

    /** When the file was written: the time of a record that does not say. */
    long modifiedMillis() {
      return modifiedMillis;
    }
  }
}
