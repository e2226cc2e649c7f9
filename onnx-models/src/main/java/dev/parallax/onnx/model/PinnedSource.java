package dev.parallax.onnx.model;

import java.nio.file.Path;

/**
 * Where a model or tokenizer lies and what it must be.
 *
 * @param location {@code classpath:name} for a resource of a jar, else the path of a file
 * @param sha256 lower-case hexadecimal
 */
public record PinnedSource(String location, String sha256) {

  private static final String CLASSPATH = "classpath:";

  public PinnedSource {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "sha256=" + sha256 + ": expected 64 lower-case hexadecimal digits");
    }
  }

  /**
   * Reads and checks.
   *
   * @throws ModelDigestException when the content is not the pinned one
   * @throws ModelRefusedException when it is missing or cannot be read
   */
  public PinnedBytes load() {
    return location.startsWith(CLASSPATH)
        ? PinnedBytes.load(location.substring(CLASSPATH.length()), sha256)
        : PinnedBytes.load(Path.of(location), sha256);
  }
}
