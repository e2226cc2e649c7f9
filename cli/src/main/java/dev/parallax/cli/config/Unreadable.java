package dev.parallax.cli.config;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in words why a file could not be read; the messages of the JDK are often just its name. */
public final class Unreadable {

  private Unreadable() {}

  /** The reason in a few words: {@code no such file}. */
  public static String because(Exception exception) {
    if (exception instanceof NoSuchFileException) {
      return "no such file";
    }
    if (exception instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (exception instanceof CharacterCodingException) {
      return "not UTF-8";
    }
    return String.valueOf(exception.getMessage());
  }

  /** As {@link #because(Exception)}, where {@code file} may turn out to be a folder. */
  public static String because(Exception exception, Path file) {
    return Files.isDirectory(file) ? "it is a folder" : because(exception);
  }
}
