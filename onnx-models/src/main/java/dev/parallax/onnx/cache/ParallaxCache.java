package dev.parallax.onnx.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The one directory in which Parallax keeps what can be made again: unpacked native libraries,
 * computed embeddings and models with edited weights. It may be deleted at any time while no
 * Parallax process runs.
 *
 * @param root created on first use of a directory in it
 */
public record ParallaxCache(Path root) {

  /**
   * {@code $PARALLAX_CACHE}, else {@code $XDG_CACHE_HOME/parallax}, else {@code ~/.cache/parallax}.
   */
  public static ParallaxCache locate() {
    return locate(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static ParallaxCache locate(Map<String, String> environment, Path home) {
    String own = environment.getOrDefault("PARALLAX_CACHE", "");
    if (!own.isBlank()) {
      return new ParallaxCache(Path.of(own).toAbsolutePath());
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isBlank() ? home.resolve(".cache") : Path.of(xdg);
    return new ParallaxCache(base.resolve("parallax").toAbsolutePath());
  }

  /** Native libraries, unpacked once. */
  public Path natives() {
    return directory("natives");
  }

  /** Vectors by model; see {@link ReferenceCache}. */
  public Path embeddings() {
    return directory("embeddings");
  }

  /** Models whose weights were edited for a drill, by what they are. */
  public Path drills() {
    return directory("drills");
  }

  private Path directory(String name) {
    Path directory = root.resolve(name);
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "PARALLAX_CACHE=" + root + ": expected a directory that can be written", e);
    }
  }
}
