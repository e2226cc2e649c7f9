package dev.parallax.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder that is gone when it closes, with all that is in it. */
public final class ScratchFolder implements AutoCloseable {

  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /**
   * A new folder beside other temporary files.
   *
   * @param purpose part of its name
   * @throws CliException if none can be made
   */
  public static ScratchFolder create(String purpose) {
    try {
      return new ScratchFolder(Files.createTempDirectory("parallax-" + purpose + "-"));
    } catch (IOException e) {
      throw CliException.failure("no temporary folder can be made: " + e, e);
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /**
   * Removes it. Safe to call again, and while something else still removes files of its own there.
   */
  @Override
  public void close() {
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    } catch (NoSuchFileException e) {
      // Removed already.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("left behind: " + path, e);
    }
  }
}
