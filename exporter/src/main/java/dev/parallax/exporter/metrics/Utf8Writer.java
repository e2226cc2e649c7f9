package dev.parallax.exporter.metrics;

import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects text as UTF-8 bytes. A scrape of a large fleet is millions of single characters, nearly
 * all of them ASCII, which a {@link java.io.StringWriter} locks for one by one. Not thread-safe.
 */
final class Utf8Writer extends Writer {

  private byte[] bytes = new byte[1 << 16];
  private int length;
  private char high;

  @Override
  public void write(int c) {
    char character = (char) c;
    if (character < 0x80) {
      room(1);
      bytes[length++] = (byte) character;
    } else if (Character.isHighSurrogate(character)) {
      high = character;
    } else if (Character.isLowSurrogate(character)) {
      encode(String.valueOf(new char[] {high, character}));
    } else {
      encode(String.valueOf(character));
    }
  }

  @Override
  public void write(String text, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      write(text.charAt(i));
    }
  }

  @Override
  public void write(char[] text, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      write(text[i]);
    }
  }

  private void encode(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    // There is nothing behind it.
  }
}
