package dev.parallax.onnx.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of vectors by key.
 *
 * <p>Record: 16 bytes of key, the vector as little-endian single-precision values, 4 bytes of
 * CRC-32 (little-endian) over both. A file is good up to the first record that does not check: what
 * follows was torn off by a crash and is cut away on opening. One process appends at a time;
 * another that opens the file meanwhile reads what was there and appends nothing. Not for several
 * threads.
 */
final class VectorFile implements AutoCloseable {

  /** Records read at once on opening. */
  private static final int READ_AHEAD = 256;

  private final FileChannel channel;
  private final @Nullable FileLock lock;
  private final int dimension;
  private final long maxBytes;
  private final Map<VectorKey, Long> offsets = new HashMap<>();
  private final ByteBuffer record;
  private long end;
  private boolean appends;

  private VectorFile(FileChannel channel, @Nullable FileLock lock, int dimension, long maxBytes) {
    this.channel = channel;
    this.lock = lock;
    this.appends = lock != null;
    this.dimension = dimension;
    this.maxBytes = maxBytes;
    this.record = ByteBuffer.allocate(recordBytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Opens or creates a file.
   *
   * @param maxBytes beyond which nothing is appended
   */
  static VectorFile open(Path file, int dimension, long maxBytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      try {
        VectorFile opened = new VectorFile(channel, tryLock(channel), dimension, maxBytes);
        opened.index();
        return opened;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("embedding cache " + file + " cannot be opened", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private int recordBytes() {
    return VectorKey.BYTES + dimension * Float.BYTES + Integer.BYTES;
  }

  private void index() throws IOException {
    ByteBuffer records =
        ByteBuffer.allocate(READ_AHEAD * recordBytes()).order(ByteOrder.LITTLE_ENDIAN);
    boolean more = true;
    while (more) {
      records.clear();
      readFully(records, end);
      records.flip();
      more = records.remaining() == records.capacity();
      while (records.remaining() >= recordBytes()) {
        int start = records.position();
        if (!checks(records, start)) {
          more = false;
          break;
        }
        offsets.putIfAbsent(VectorKey.read(records), end);
        records.position(start + recordBytes());
        end += recordBytes();
      }
    }
    if (lock != null && channel.size() > end) {
      channel.truncate(end);
    }
  }

  private boolean checks(ByteBuffer records, int start) {
    int covered = recordBytes() - Integer.BYTES;
    return records.getInt(start + covered) == crc(records.array(), start, covered);
  }

  private static int crc(byte[] bytes, int start, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, start, length);
    return (int) crc.getValue();
  }

  /**
   * A stored vector; empty also when its bytes on disk have changed since.
   *
   * @throws UncheckedIOException when the file cannot be read
   */
  Optional<float[]> get(VectorKey key) {
    Long offset = offsets.get(key);
    if (offset == null) {
      return Optional.empty();
    }
    try {
      record.clear();
      readFully(record, offset);
    } catch (IOException e) {
      throw new UncheckedIOException("embedding cache cannot be read", e);
    }
    if (record.hasRemaining() || !checks(record, 0)) {
      offsets.remove(key);
      return Optional.empty();
    }
    float[] vector = new float[dimension];
    record
        .position(VectorKey.BYTES)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(vector);
    return Optional.of(vector);
  }

  /**
   * Appends a vector unless the key is there, another process is appending, or it is full.
   *
   * @throws UncheckedIOException when it cannot be written, as on a full disk; nothing is appended
   *     after that
   */
  void put(VectorKey key, float[] vector) {
    if (!appends || end + recordBytes() > maxBytes || offsets.containsKey(key)) {
      return;
    }
    record.clear();
    key.write(record);
    for (float value : vector) {
      record.putFloat(value);
    }
    record.putInt(crc(record.array(), 0, record.position())).flip();
    try {
      long position = end;
      while (record.hasRemaining()) {
        position += channel.write(record, position);
      }
    } catch (IOException e) {
      appends = false;
      throw new UncheckedIOException("embedding cache cannot be written", e);
    }
    offsets.put(key, end);
    end += recordBytes();
  }

  private void readFully(ByteBuffer into, long position) throws IOException {
    long from = position - into.position();
    int read;
    do {
      read = channel.read(into, from + into.position());
    } while (read > 0 && into.hasRemaining());
  }

  int size() {
    return offsets.size();
  }

  boolean appends() {
    return appends;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("embedding cache cannot be closed", e);
    }
  }
}
