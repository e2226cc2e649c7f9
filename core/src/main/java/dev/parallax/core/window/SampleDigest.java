package dev.parallax.core.window;

import dev.parallax.core.embedding.InputKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over the input keys of a sample in hash order: two scores with one digest saw the same
 * inputs.
 */
public final class SampleDigest {

  private SampleDigest() {}

  /** The digest of these keys, 64 hexadecimal digits. */
  public static String of(Iterable<InputKey> keys) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (InputKey key : keys) {
        digest.update(key.toBytes());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
