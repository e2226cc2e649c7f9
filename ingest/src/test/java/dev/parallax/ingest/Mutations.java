package dev.parallax.ingest;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes bytes that are nearly right: a seed, the same mutations. */
public final class Mutations {

  /** Bytes that mean something to JSON, Protobuf, UTF-8 or lengths. */
  private static final byte[] TELLING = {
    0,
    1,
    2,
    4,
    8,
    10,
    13,
    18,
    26,
    34,
    42,
    50,
    58,
    66,
    0x7f,
    (byte) 0x80,
    (byte) 0xc3,
    (byte) 0xff,
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '-',
    '.',
    '0',
    '9',
    'e',
    '\\',
    'N',
    'n',
    't',
    ' '
  };

  private final Random random;
  private final List<byte[]> corpus;

  /** Mutations of what is in {@code corpus}. */
  public Mutations(long seed, List<byte[]> corpus) {
    this.random = new Random(seed);
    this.corpus = List.copyOf(corpus);
  }

  /** The next one. */
  public byte[] next() {
    byte[] bytes = any();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      bytes = mutate(bytes);
    }
    return bytes;
  }

  private byte[] mutate(byte[] bytes) {
    if (bytes.length == 0) {
      return any();
    }
    int at = random.nextInt(bytes.length);
    int length = 1 + random.nextInt(Math.min(16, bytes.length - at));
    return switch (random.nextInt(7)) {
      case 0 -> with(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
      case 1 -> with(bytes, at, TELLING[random.nextInt(TELLING.length)]);
      case 2 -> join(bytes, at, new byte[0], at + length);
      case 3 -> join(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
      case 4 -> Arrays.copyOf(bytes, at);
      case 5 -> {
        byte[] other = any();
        int from = random.nextInt(other.length);
        int to = from + 1 + random.nextInt(other.length - from);
        yield join(bytes, at, Arrays.copyOfRange(other, from, to), at);
      }
      default -> {
        byte[] many = new byte[1 + random.nextInt(512)];
        Arrays.fill(many, TELLING[random.nextInt(TELLING.length)]);
        yield join(bytes, at, many, at);
      }
    };
  }

  private byte[] any() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    byte[] changed = bytes.clone();
    changed[at] = value;
    return changed;
  }

  private static byte[] join(byte[] bytes, int end, byte[] middle, int start) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(bytes, 0, end);
    joined.writeBytes(middle);
    joined.write(bytes, start, bytes.length - start);
    return joined.toByteArray();
  }
}
