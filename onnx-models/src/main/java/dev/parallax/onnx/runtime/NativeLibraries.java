package dev.parallax.onnx.runtime;

import ai.onnxruntime.OrtEnvironment;
import dev.parallax.onnx.cache.ParallaxCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Puts native libraries under the cache directory, once per build of them.
 *
 * <p>Left alone, ONNX Runtime unpacks 28 MB into a new temporary directory at every start and
 * leaves the directory behind, and the tokenizers keep theirs in the home directory. A property
 * that was set on the command line is left as it is.
 */
public final class NativeLibraries {

  private static final String ORT_PATH = "onnxruntime.native.path";
  private static final String ORT_CUDA = "onnxruntime_providers_cuda";

  private NativeLibraries() {}

  /** Before the first use of any class of ONNX Runtime that loads its library. */
  static void prepareOnnxRuntime(ParallaxCache cache) {
    if (System.getProperty(ORT_PATH) != null) {
      return;
    }
    URL core = ortResource("onnxruntime");
    if (core == null) {
      throw new IllegalStateException(
          "ONNX Runtime has no native library for " + platform() + " in its jar");
    }
    Path directory = cache.natives().resolve("onnxruntime-" + fingerprint(core));
    unpack(core, directory);
    for (String library : new String[] {"onnxruntime4j_jni", "onnxruntime_providers_shared"}) {
      URL resource = ortResource(library);
      if (resource != null) {
        unpack(resource, directory);
      }
    }
    System.setProperty(ORT_PATH, directory.toString());
  }

  /** The CUDA provider is over half a gigabyte, so it is unpacked only when asked for. */
  static void prepareCuda() {
    URL cuda = ortResource(ORT_CUDA);
    String directory = System.getProperty(ORT_PATH);
    if (cuda != null && directory != null) {
      unpack(cuda, Path.of(directory));
    }
  }

  /**
   * Before the first use of a tokenizer: its library under the cache directory, and none of its
   * ways to the network (download of other builds, usage report).
   */
  public static void prepareTokenizers(ParallaxCache cache) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    setIfAbsent("DJL_CACHE_DIR", cache.natives().resolve("djl"));
    prepareJna(cache);
  }

  /** Before the first use of JNA. */
  static void prepareJna(ParallaxCache cache) {
    setIfAbsent("jna.tmpdir", cache.natives().resolve("jna"));
  }

  private static void setIfAbsent(String property, Path value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value.toString());
    }
  }

  private static void unpack(URL resource, Path directory) {
    String path = resource.getPath();
    Path target = directory.resolve(path.substring(path.lastIndexOf('/') + 1));
    try {
      URLConnection connection = resource.openConnection();
      if (Files.exists(target) && Files.size(target) == connection.getContentLengthLong()) {
        return;
      }
      Files.createDirectories(directory);
      Path partial = Files.createTempFile(directory, "unpack", ".partial");
      try (InputStream in = connection.getInputStream()) {
        Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "PARALLAX_CACHE: native libraries cannot be unpacked into " + directory, e);
    }
  }

  /** Tells builds apart (versions, with and without CUDA) without reading them. */
  private static String fingerprint(URL resource) {
    try {
      URLConnection connection = resource.openConnection();
      long mark =
          connection instanceof JarURLConnection jar
              ? jar.getJarEntry().getCrc()
              : connection.getLastModified();
      return String.format(
          Locale.ROOT, "%s-%08x-%d", platform(), mark, connection.getContentLengthLong());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  private static URL ortResource(String library) {
    String file = System.mapLibraryName(library).replace("jnilib", "dylib");
    return OrtEnvironment.class
        .getClassLoader()
        .getResource("ai/onnxruntime/native/" + platform() + "/" + file);
  }

  /** Named as in the jar of ONNX Runtime. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = os.contains("win") ? "win" : os.contains("mac") ? "osx" : "linux";
    String architecture = System.getProperty("os.arch");
    return system + (architecture.equals("amd64") ? "-x64" : "-" + architecture);
  }
}
