package dev.parallax.ingest.format;

/**
 * What a schema registry's client writes before a Protobuf message: {@code 0x00}, a schema id of
 * four bytes and the indexes of the message in its schema, as varints with their number first, or
 * {@code 0x00} for the first message.
 *
 * <p>No Protobuf message starts with {@code 0x00}, so that the prefix is told by its first byte.
 */
final class RegistryPrefix {
  private static final int ID_END = 5;

  /** More indexes than any schema nests messages. */
  private static final int MAX_INDEXES = 16;

  private RegistryPrefix() {}

  /** Its length, 0 if there is none, and the length of all bytes if it does not end. */
  static int length(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != 0) {
      return 0;
    }
    int position = ID_END;
    int indexes = 0;
    for (int varint = 0; varint <= indexes; varint++) {
      int value = 0;
      int shift = 0;
      boolean more = true;
      while (more) {
        if (position >= bytes.length || shift > 28) {
          return bytes.length;
        }
        byte next = bytes[position++];
        value |= (next & 0x7f) << shift;
        shift += 7;
        more = next < 0;
      }
      if (varint == 0) {
        indexes = value >>> 1; // zigzag; a count is not negative
      }
      if (indexes > MAX_INDEXES) {
        return bytes.length;
      }
    }
    return position;
  }
}
