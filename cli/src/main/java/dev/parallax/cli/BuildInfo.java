package dev.parallax.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * What this build is made of, written by the build.
 *
 * @param version version of Parallax
 * @param commit abbreviated commit, with {@code -modified} when the tree had changes; empty when
 *     not built from a git checkout
 * @param onnxRuntime version of ONNX Runtime
 * @param kafka version of the Kafka clients, Streams and embedded broker
 * @param flink version of Flink
 */
public record BuildInfo(
    String version, Optional<String> commit, String onnxRuntime, String kafka, String flink) {

  /** Reads the description that is packed beside this class. */
  public static BuildInfo load() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        throw new IllegalStateException("build.properties is missing beside BuildInfo");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(properties);
  }

  static BuildInfo of(Properties properties) {
    String suffix = properties.getProperty("dirty", "").equals("true") ? "-modified" : "";
    return new BuildInfo(
        properties.getProperty("version"),
        Optional.of(properties.getProperty("commit", ""))
            .filter(commit -> !commit.isEmpty())
            .map(commit -> commit + suffix),
        properties.getProperty("onnxRuntime"),
        properties.getProperty("kafka"),
        properties.getProperty("flink"));
  }

  /** Version and commit in one word: {@code 0.1.0+1a2b3c4}. */
  public String versionAndCommit() {
    return version + commit.map(c -> "+" + c).orElse("");
  }
}
