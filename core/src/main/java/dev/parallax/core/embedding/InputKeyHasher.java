package dev.parallax.core.embedding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns an input text into its {@link InputKey} under a secret.
 *
 * <p>A plain hash of a short text can be guessed by trying texts; an HMAC cannot without the
 * secret. Two keys made under different secrets never join, so changing the secret is a break in
 * pairing.
 *
 * <p>Not thread-safe: one instance per thread.
 */
public final class InputKeyHasher {

  /** Shortest secret that is taken, in bytes. */
  public static final int MIN_SECRET_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern WHITE_SPACE = Pattern.compile("\\p{IsWhite_Space}+");

  private final Mac mac;

  /**
   * A hasher under {@code secret}.
   *
   * @throws IllegalArgumentException if the secret is shorter than {@value #MIN_SECRET_BYTES} bytes
   */
  public InputKeyHasher(byte[] secret) {
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "input key secret: expected "
              + MIN_SECRET_BYTES
              + " bytes or more, got "
              + secret.length);
    }
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** The key of the canonical form of {@code text}. */
  public InputKey keyOf(String text) {
    byte[] digest = mac.doFinal(canonical(text).getBytes(StandardCharsets.UTF_8));
    ByteBuffer buffer = ByteBuffer.wrap(digest);
    return new InputKey(buffer.getLong(), buffer.getLong());
  }

  /**
   * The canonical form of a text: Unicode NFC, white space stripped at both ends and every run of
   * it inside replaced by one space.
   */
  public static String canonical(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
    return WHITE_SPACE.matcher(normal).replaceAll(" ").strip();
  }
}
