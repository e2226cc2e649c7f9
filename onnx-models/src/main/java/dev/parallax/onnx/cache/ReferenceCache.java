package dev.parallax.onnx.cache;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vectors of inputs that were embedded before, by input key, for one encoder.
 *
 * <p>Bounded in memory, where the vectors used longest ago go first, and, when kept on disk, in the
 * size of its file, to which nothing is added once it is full. The first vector put under a key
 * stays; one encoder gives one vector per input, so a second one is the same. A file that cannot be
 * opened, read or written costs speed and never an answer: it is warned of once. Safe for use by
 * several threads.
 */
public final class ReferenceCache implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReferenceCache.class);

  /** What an entry takes in memory besides its values: key, map entry, array header. */
  private static final int ENTRY_OVERHEAD_BYTES = 128;

  private final int dimension;
  private final long maxMemoryBytes;
  private final @Nullable VectorFile file;
  private final Map<VectorKey, float[]> memory = new LinkedHashMap<>(64, 0.75f, true);
  private boolean warned;

  private ReferenceCache(int dimension, long maxMemoryBytes, @Nullable VectorFile file) {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension=" + dimension + ": expected 1 or more");
    }
    this.dimension = dimension;
    this.maxMemoryBytes = maxMemoryBytes;
    this.file = file;
  }

  /** A cache that ends with the process. */
  public static ReferenceCache inMemory(int dimension, long maxMemoryBytes) {
    return new ReferenceCache(dimension, maxMemoryBytes, null);
  }

  /**
   * A cache that is kept in {@code <folder>/<digest>-<dimension>.bin}.
   *
   * @param folder see {@link ParallaxCache#embeddings()}
   * @param digest of the encoder and what it runs on, lower-case hexadecimal; see {@link
   *     dev.parallax.onnx.encoder.SentenceEncoder#digest()}
   * @param maxFileBytes beyond which nothing is added to the file
   */
  public static ReferenceCache persistent(
      Path folder, String digest, int dimension, long maxMemoryBytes, long maxFileBytes) {
    if (!digest.matches("[0-9a-f]{8,64}")) {
      throw new IllegalArgumentException(
          "digest=" + digest + ": expected 8 to 64 lower-case hexadecimal digits");
    }
    Path path = folder.resolve(digest + "-" + dimension + ".bin");
    try {
      return new ReferenceCache(
          dimension, maxMemoryBytes, VectorFile.open(path, dimension, maxFileBytes));
    } catch (UncheckedIOException e) {
      ReferenceCache cache = inMemory(dimension, maxMemoryBytes);
      cache.warn(e);
      return cache;
    }
  }

  /**
   * The vector of an input.
   *
   * @param key 16 bytes
   * @return the cache's own array, which the caller leaves as it is
   */
  public synchronized Optional<float[]> get(byte[] key) {
    VectorKey wanted = VectorKey.of(key);
    float[] held = memory.get(wanted);
    if (held != null) {
      return Optional.of(held);
    }
    Optional<float[]> stored = stored(wanted);
    stored.ifPresent(vector -> remember(wanted, vector));
    return stored;
  }

  private Optional<float[]> stored(VectorKey key) {
    try {
      return file == null ? Optional.empty() : file.get(key);
    } catch (UncheckedIOException e) {
      warn(e);
      return Optional.empty();
    }
  }

  /**
   * Keeps the vector of an input.
   *
   * @param key 16 bytes
   * @param vector of the cache's dimension; the array becomes the cache's own
   */
  public synchronized void put(byte[] key, float[] vector) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "expected a vector of " + dimension + " values, got " + vector.length);
    }
    VectorKey wanted = VectorKey.of(key);
    if (memory.containsKey(wanted)) {
      return;
    }
    remember(wanted, vector);
    if (file != null) {
      store(file, wanted, vector);
    }
  }

  private void store(VectorFile to, VectorKey key, float[] vector) {
    try {
      to.put(key, vector);
    } catch (UncheckedIOException e) {
      warn(e);
    }
  }

  private void warn(UncheckedIOException e) {
    if (!warned) {
      warned = true;
      LOG.warn("{} ({}): going on without", e.getMessage(), String.valueOf(e.getCause()));
    }
  }

  private void remember(VectorKey key, float[] vector) {
    memory.put(key, vector);
    Iterator<VectorKey> oldest = memory.keySet().iterator();
    while (memoryBytes() > maxMemoryBytes && memory.size() > 1) {
      oldest.next();
      oldest.remove();
    }
  }

  /** An estimate of the memory taken by entries. */
  public synchronized long memoryBytes() {
    return memory.size() * ((long) dimension * Float.BYTES + ENTRY_OVERHEAD_BYTES);
  }

  /** Vectors that can be had, in memory or from the file. */
  public synchronized int size() {
    return file == null ? memory.size() : Math.max(memory.size(), file.size());
  }

  /**
   * Whether what is put is kept on disk; not when another process is writing the same file, nor
   * after it could not be written.
   */
  public synchronized boolean persists() {
    return file != null && file.appends();
  }

  @Override
  public synchronized void close() {
    if (file != null) {
      file.close();
    }
  }
}
