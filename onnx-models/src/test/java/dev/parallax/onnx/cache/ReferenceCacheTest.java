package dev.parallax.onnx.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceCacheTest {

  private static final String DIGEST = "0123456789abcdef";
  private static final int DIMENSION = 3;
  private static final int RECORD_BYTES = 16 + DIMENSION * 4 + 4;
  private static final long MANY = 1 << 20;

  @Test
  void aVectorIsFoundUnderItsKeyAndTheFirstOneStays() {
    try (ReferenceCache cache = ReferenceCache.inMemory(DIMENSION, MANY)) {
      assertThat(cache.get(key(1))).isEmpty();
      cache.put(key(1), vector(1));
      cache.put(key(1), vector(2));
      assertThat(cache.get(key(1)).orElseThrow()).containsExactly(vector(1));
      assertThat(cache.get(key(2))).isEmpty();
      assertThat(cache.persists()).isFalse();
    }
  }

  @Test
  void memoryIsBoundedAndWhatWasUsedLongestAgoGoes() {
    long room = 3 * (DIMENSION * 4 + 128);
    try (ReferenceCache cache = ReferenceCache.inMemory(DIMENSION, room)) {
      for (int i = 1; i <= 3; i++) {
        cache.put(key(i), vector(i));
      }
      assertThat(cache.get(key(1))).isPresent();
      cache.put(key(4), vector(4));

      assertThat(cache.get(key(2))).isEmpty();
      assertThat(cache.get(key(1))).isPresent();
      for (int i = 5; i < 1000; i++) {
        cache.put(key(i), vector(i));
      }
      assertThat(cache.memoryBytes()).isEqualTo(room);
      assertThat(cache.size()).isEqualTo(3);
    }
  }

  @Test
  void keysAndVectorsOfTheWrongSizeAreRefused() {
    try (ReferenceCache cache = ReferenceCache.inMemory(DIMENSION, MANY)) {
      assertThatThrownBy(() -> cache.get(new byte[15]))
          .hasMessage("expected a key of 16 bytes, got 15");
      assertThatThrownBy(() -> cache.put(key(1), new float[2]))
          .hasMessage("expected a vector of 3 values, got 2");
    }
  }

  @Nested
  class OnDisk {

    @TempDir private Path folder;

    @Test
    void vectorsOutliveTheProcessToTheLastBit() {
      try (ReferenceCache cache = open(MANY, MANY)) {
        for (int i = 0; i < 1000; i++) {
          cache.put(key(i), vector(i));
        }
        assertThat(cache.persists()).isTrue();
      }
      try (ReferenceCache cache = open(MANY, MANY)) {
        assertThat(cache.size()).isEqualTo(1000);
        for (int i = 0; i < 1000; i++) {
          assertThat(cache.get(key(i)).orElseThrow()).containsExactly(vector(i));
        }
      }
    }

    @Test
    void whatMemoryLetGoIsReadFromTheFile() {
      try (ReferenceCache cache = open(1, MANY)) {
        cache.put(key(1), vector(1));
        cache.put(key(2), vector(2));
        assertThat(cache.get(key(1)).orElseThrow()).containsExactly(vector(1));
        assertThat(cache.get(key(2)).orElseThrow()).containsExactly(vector(2));
      }
    }

    @ParameterizedTest(name = "{0} bytes lost")
    @ValueSource(ints = {1, 4, 20, RECORD_BYTES - 1})
    void aTornTailIsCutAwayAndWritingGoesOn(int lost) throws IOException {
      write(1, 3);
      Path file = file();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - lost));

      try (ReferenceCache cache = open(MANY, MANY)) {
        assertThat(cache.size()).isEqualTo(2);
        assertThat(Files.size(file)).isEqualTo(2 * RECORD_BYTES);
        cache.put(key(9), vector(9));
      }
      try (ReferenceCache cache = open(MANY, MANY)) {
        assertThat(cache.get(key(9)).orElseThrow()).containsExactly(vector(9));
        assertThat(cache.get(key(2)).orElseThrow()).containsExactly(vector(2));
        assertThat(cache.get(key(3))).isEmpty();
      }
    }

    @Test
    void aDamagedRecordEndsTheFile() throws IOException {
      write(1, 3);
      byte[] bytes = Files.readAllBytes(file());
      bytes[RECORD_BYTES + 20] ^= 1;
      Files.write(file(), bytes);

      try (ReferenceCache cache = open(MANY, MANY)) {
        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache.get(key(1))).isPresent();
        assertThat(cache.get(key(2))).isEmpty();
      }
    }

    @Test
    void aRecordDamagedWhileOpenIsNotServed() throws IOException {
      write(1, 2);
      try (ReferenceCache cache = open(MANY, MANY)) {
        Files.write(file(), new byte[RECORD_BYTES], StandardOpenOption.WRITE);
        assertThat(cache.get(key(1))).isEmpty();
        assertThat(cache.get(key(2))).isPresent();
      }
    }

    @Test
    void theFileIsBounded() throws IOException {
      try (ReferenceCache cache = open(MANY, 2 * RECORD_BYTES + 1)) {
        for (int i = 0; i < 10; i++) {
          cache.put(key(i), vector(i));
        }
        assertThat(cache.get(key(9))).isPresent();
      }
      assertThat(Files.size(file())).isEqualTo(2 * RECORD_BYTES);
    }

    @Test
    void aSecondWriterReadsAndAppendsNothing() throws IOException {
      write(1, 1);
      try (ReferenceCache first = open(MANY, MANY);
          ReferenceCache second = open(MANY, MANY)) {
        assertThat(second.persists()).isFalse();
        assertThat(second.get(key(1))).isPresent();
        second.put(key(2), vector(2));
        first.put(key(3), vector(3));
      }
      assertThat(Files.size(file())).isEqualTo(2 * RECORD_BYTES);
    }

    @Test
    void theFormIsKeyThenValuesThenChecksum() throws IOException {
      write(1, 1);
      ByteBuffer record = ByteBuffer.wrap(Files.readAllBytes(file()));
      byte[] key = new byte[16];
      record.get(key);
      record.order(ByteOrder.LITTLE_ENDIAN);
      assertThat(key).isEqualTo(key(1));
      assertThat(new float[] {record.getFloat(), record.getFloat(), record.getFloat()})
          .containsExactly(vector(1));
      assertThat(record.getInt()).isEqualTo(0xcdb8bc87);
      assertThat(record.hasRemaining()).isFalse();
    }

    /** A device that takes no byte and gives zeros, which are no record. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskCostsThePersistenceAndNothingElse() throws IOException {
      Files.createSymbolicLink(file(), Path.of("/dev/full"));

      try (ReferenceCache cache = open(MANY, MANY)) {
        assertThat(cache.persists()).isTrue();
        for (int i = 0; i < 3; i++) {
          cache.put(key(i), vector(i));
          assertThat(cache.persists()).isFalse();
        }
        assertThat(cache.get(key(2)).orElseThrow()).containsExactly(vector(2));
      }
      Files.delete(file());
    }

    @Test
    void nothingIsAppendedAfterAWriteFailed() throws IOException {
      write(1, 2);
      VectorFile file = VectorFile.open(file(), DIMENSION, MANY);
      file.close();

      assertThatThrownBy(() -> file.put(VectorKey.of(key(3)), vector(3)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("embedding cache cannot be written");
      assertThat(file.appends()).isFalse();
      file.put(VectorKey.of(key(3)), vector(3));
      assertThat(file.size()).isEqualTo(2);
    }

    @Test
    void aFileThatCannotBeOpenedLeavesACacheInMemory() throws IOException {
      Files.createDirectory(file());

      try (ReferenceCache cache = open(MANY, MANY)) {
        assertThat(cache.persists()).isFalse();
        cache.put(key(1), vector(1));
        assertThat(cache.get(key(1))).isPresent();
      }
    }

    @Test
    void aDigestThatCouldNameAnotherFileIsRefused() {
      assertThatThrownBy(
              () -> ReferenceCache.persistent(folder, "../../etc", DIMENSION, MANY, MANY))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("digest=../../etc: expected 8 to 64 lower-case hexadecimal digits");
    }

    private void write(int first, int last) {
      try (ReferenceCache cache = open(MANY, MANY)) {
        for (int i = first; i <= last; i++) {
          cache.put(key(i), vector(i));
        }
      }
    }

    private ReferenceCache open(long memory, long file) {
      return ReferenceCache.persistent(folder, DIGEST, DIMENSION, memory, file);
    }

    private Path file() {
      return folder.resolve(DIGEST + "-3.bin");
    }
  }

  private static byte[] key(int i) {
    return ByteBuffer.allocate(16).putInt(i).putInt(-i).putLong(7).array();
  }

  private static float[] vector(int i) {
    return new float[] {i, (float) Math.sin(i), -0.0f};
  }
}
