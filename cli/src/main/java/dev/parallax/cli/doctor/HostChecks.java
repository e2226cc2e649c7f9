package dev.parallax.cli.doctor;

import dev.parallax.onnx.cache.ParallaxCache;
import dev.parallax.onnx.runtime.InstructionSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Examines this machine: Java, processor, memory and disk. */
final class HostChecks {

  private static final long MEGABYTE = 1L << 20;

  /** What a role needs beside its encoder of 90 MB. */
  private static final long LEAST_HEAP = 700 * MEGABYTE;

  /** Native libraries, vectors that are kept, checkpoints of a small fleet. */
  private static final long LEAST_DISK = 1024 * MEGABYTE;

  private HostChecks() {}

  static List<Finding> run() {
    return List.of(java(), processor(), memory(), cache(), temporaryFolder());
  }

  private static Finding java() {
    String detail = Runtime.version() + " in " + System.getProperty("java.home");
    return Finding.ok("java", detail);
  }

  private static Finding processor() {
    InstructionSet instructions = InstructionSet.detect();
    int cores = Runtime.getRuntime().availableProcessors();
    String detail =
        String.format(
            "%s, %d %s, %s",
            System.getProperty("os.arch"),
            cores,
            cores == 1 ? "core" : "cores",
            instructions.label());
    if (instructions == InstructionSet.BASELINE) {
      return Finding.warn(
          "processor",
          detail,
          "without AVX2 encoding is slow, and scores differ in their last digits from machines"
              + " with it");
    }
    return cores < 2
        ? Finding.warn("processor", detail, "give it two cores: one of them is busy encoding")
        : Finding.ok("processor", detail);
  }

  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    String detail = "heap of at most " + megabytes(heap);
    return heap < LEAST_HEAP
        ? Finding.warn("memory", detail, "raise it, for example with PARALLAX_JAVA_OPTS=-Xmx2g")
        : Finding.ok("memory", detail);
  }

  private static Finding cache() {
    Path cache = ParallaxCache.locate().root();
    try {
      ParallaxCache.locate().embeddings();
    } catch (UncheckedIOException e) {
      return Finding.fail(
          "cache", cache + " cannot be written", "set PARALLAX_CACHE to a folder that can be");
    }
    return disk("cache", cache, "free some, or set PARALLAX_CACHE to a folder on a larger disk");
  }

  private static Finding temporaryFolder() {
    return disk(
        "temporary",
        Path.of(System.getProperty("java.io.tmpdir")),
        "free some, or set PARALLAX_JAVA_OPTS=-Djava.io.tmpdir=<folder>");
  }

  private static Finding disk(String check, Path folder, String advice) {
    try {
      if (!Files.isWritable(folder)) {
        return Finding.fail(check, folder + " cannot be written", advice);
      }
      long free = Files.getFileStore(folder).getUsableSpace();
      String detail = folder + ", " + megabytes(free) + " free";
      return free < LEAST_DISK ? Finding.warn(check, detail, advice) : Finding.ok(check, detail);
    } catch (IOException e) {
      return Finding.fail(check, folder + " cannot be examined: " + e.getMessage(), advice);
    }
  }

  private static String megabytes(long bytes) {
    return bytes < 10_240 * MEGABYTE
        ? bytes / MEGABYTE + " MB"
        : String.format(Locale.ROOT, "%.1f GB", (double) bytes / (1024 * MEGABYTE));
  }
}
