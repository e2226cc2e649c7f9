package dev.parallax.onnx.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The content of a file, held in memory after its SHA-256 was found to be the pinned one.
 *
 * <p>What is checked is what is used: nothing reads the file a second time, so it cannot change in
 * between. Not copied on the way out (models are large); callers leave the array as it is.
 */
public final class PinnedBytes {

  private final String location;
  private final String sha256;
  private final byte[] bytes;

  private PinnedBytes(String location, String sha256, byte[] bytes) {
    this.location = location;
    this.sha256 = sha256;
    this.bytes = bytes;
  }

  /**
   * Reads a resource of the class path.
   *
   * @param resource name from the root, without a leading slash
   * @throws ModelDigestException when the content is not the pinned one
   * @throws ModelRefusedException when there is no such resource
   */
  public static PinnedBytes load(String resource, String expectedSha256) {
    String location = "classpath:" + resource;
    try (InputStream in = open(resource)) {
      if (in == null) {
        throw new ModelRefusedException(location + " refused: not on the class path");
      }
      return of(location, in.readAllBytes(), expectedSha256);
    } catch (IOException e) {
      throw new ModelRefusedException(location + " refused: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws ModelDigestException when the content is not the pinned one
   * @throws ModelRefusedException when the file cannot be read
   */
  public static PinnedBytes load(Path file, String expectedSha256) {
    try {
      return of(file.toString(), Files.readAllBytes(file), expectedSha256);
    } catch (IOException e) {
      throw new ModelRefusedException(file + " refused: it cannot be read", e);
    }
  }

  /**
   * Checks bytes that are already in memory.
   *
   * @param location what to call them in messages
   * @throws ModelDigestException when the content is not the pinned one
   */
  public static PinnedBytes of(String location, byte[] bytes, String expectedSha256) {
    String found = sha256(bytes);
    if (!found.equals(expectedSha256)) {
      throw new ModelDigestException(location, expectedSha256, found);
    }
    return new PinnedBytes(location, found, bytes);
  }

  /** SHA-256 in lower-case hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public String location() {
    return location;
  }

  /** Lower-case hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** The content itself, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  /** A job's own class loader may see more than ours, as in a Flink cluster; ours comes second. */
  private static InputStream open(String resource) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    InputStream in = context == null ? null : context.getResourceAsStream(resource);
    return in != null ? in : PinnedBytes.class.getClassLoader().getResourceAsStream(resource);
  }
}
