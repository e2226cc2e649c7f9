package dev.parallax.ingest;

import dev.parallax.core.embedding.InputKeyHasher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The secret under which input keys are made. It never appears in a text or a log.
 *
 * <p>Another secret gives other keys, so changing it is a break in the pairing of models.
 */
public final class InputKeySecret {

  private final byte[] bytes;

  private InputKeySecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A secret of these bytes, which are copied.
   *
   * @throws IllegalArgumentException if there are fewer than {@value
   *     InputKeyHasher#MIN_SECRET_BYTES}
   */
  public static InputKeySecret of(byte[] bytes) {
    if (bytes.length < InputKeyHasher.MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "input key secret: expected "
              + InputKeyHasher.MIN_SECRET_BYTES
              + " bytes or more, got "
              + bytes.length);
    }
    return new InputKeySecret(bytes.clone());
  }

  /**
   * The bytes of a file, without the line breaks at its end that editors add.
   *
   * @throws IllegalArgumentException if the file cannot be read or is too short
   */
  public static InputKeySecret ofFile(Path file) {
    try {
      byte[] bytes = withoutLineBreaksAtItsEnd(Files.readAllBytes(file));
      if (bytes.length < InputKeyHasher.MIN_SECRET_BYTES) {
        throw new IllegalArgumentException(
            "input key secret file "
                + file
                + ": expected "
                + InputKeyHasher.MIN_SECRET_BYTES
                + " bytes or more, got "
                + bytes.length);
      }
      return new InputKeySecret(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "input key secret file " + file + ": expected a readable file", e);
    }
  }

  /** The bytes of a secret as a file holds it: line breaks at its end do not count. */
  public static byte[] withoutLineBreaksAtItsEnd(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** A hasher under this secret, for one thread. */
  public InputKeyHasher newHasher() {
    return new InputKeyHasher(bytes);
  }

  @Override
  public String toString() {
    return "InputKeySecret[redacted]";
  }
}
