package dev.parallax.core.embedding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.List;
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

  /** A byte that no UTF-8 text holds: what starts with it is told from every text. */
  private static final byte NOT_TEXT = (byte) 0xff;

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
    return finish(canonical(text).getBytes(StandardCharsets.UTF_8));
  }

  /** The key of a text that came as tokens; it never equals the key of any text. */
  public InputKey keyOfTokens(long[] ids) {
    ByteBuffer bytes = ByteBuffer.allocate(ids.length * Long.BYTES);
    for (long id : ids) {
      bytes.putLong(id);
    }
    mac.update(NOT_TEXT);
    mac.update((byte) 't');
    return finish(bytes.array());
  }

  /**
   * The key of a tensor: of its shape and of its elements as 32-bit floats, so that the number
   * format that it came in makes no difference. It never equals the key of any text.
   */
  public InputKey keyOfTensor(List<Integer> shape, float[] elements) {
    ByteBuffer bytes =
        ByteBuffer.allocate((1 + shape.size()) * Integer.BYTES + elements.length * Float.BYTES);
    bytes.putInt(shape.size());
    shape.forEach(bytes::putInt);
    for (float element : elements) {
      bytes.putFloat(element);
    }
    mac.update(NOT_TEXT);
    mac.update((byte) 'n');
    return finish(bytes.array());
  }

  private InputKey finish(byte[] rest) {
    ByteBuffer buffer = ByteBuffer.wrap(mac.doFinal(rest));
    return new InputKey(buffer.getLong(), buffer.getLong());
  }

  /**
   * The canonical form of a text: Unicode NFC, white space (Unicode's property White_Space)
   * stripped at both ends and every run of it inside replaced by one space.
   */
  public static String canonical(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
    String collapsed = WHITE_SPACE.matcher(normal).replaceAll(" ");
    int start = collapsed.startsWith(" ") ? 1 : 0;
    int end = collapsed.length() - (collapsed.length() > start && collapsed.endsWith(" ") ? 1 : 0);
    return collapsed.substring(start, end);
  }
}
