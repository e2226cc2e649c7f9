package dev.parallax.onnx.runtime;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
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
import org.jspecify.annotations.Nullable;

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

  /** Where the tokenizers look for their library, of the environment or else a property. */
  private static final String TOKENIZERS_PATH = "RUST_LIBRARY_PATH";

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
   *
   * <p>Its own way of unpacking leaves a cache that a start with a GPU has used first useless to
   * one without: it makes the folder of the second when it fills the one inside it for the first.
   */
  public static void prepareTokenizers(ParallaxCache cache) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    setIfAbsent("DJL_CACHE_DIR", cache.natives().resolve("djl"));
    prepareJna(cache);
    URL library = tokenizersResource();
    if (library != null && System.getProperty(TOKENIZERS_PATH) == null) {
      Path directory = cache.natives().resolve("tokenizers-" + fingerprint(library));
      System.setProperty(TOKENIZERS_PATH, unpack(library, directory).toString());
    }
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

  private static Path unpack(URL resource, Path directory) {
    String path = resource.getPath();
    Path target = directory.resolve(path.substring(path.lastIndexOf('/') + 1));
    try {
      URLConnection connection = resource.openConnection();
      if (Files.exists(target) && Files.size(target) == connection.getContentLengthLong()) {
        return target;
      }
      Files.createDirectories(directory);
      Path partial = Files.createTempFile(directory, "unpack", ".partial");
      try (InputStream in = connection.getInputStream()) {
        Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
      return target;
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

  private static @Nullable URL ortResource(String library) {
    String file = System.mapLibraryName(library).replace("jnilib", "dylib");
    return OrtEnvironment.class
        .getClassLoader()
        .getResource("ai/onnxruntime/native/" + platform() + "/" + file);
  }

  /** Absent on Windows, where the library comes with others that it loads itself. */
  private static @Nullable URL tokenizersResource() {
    String platform = platform().replace("-x64", "-x86_64");
    return HuggingFaceTokenizer.class
        .getClassLoader()
        .getResource("native/lib/" + platform + "/cpu/" + System.mapLibraryName("tokenizers"));
  }

  /** Named as in the jar of ONNX Runtime. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = os.contains("win") ? "win" : os.contains("mac") ? "osx" : "linux";
    String architecture = System.getProperty("os.arch");
    return system + (architecture.equals("amd64") ? "-x64" : "-" + architecture);
  }
}
