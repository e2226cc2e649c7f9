package dev.parallax.ingest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parallax.ingest.envelope.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record as bytes that a fuzzer can change: lines with topic, key and headers ({@code name:
 * value}), an empty line, the value. An empty key, a header without a colon and an end before the
 * empty line are nulls.
 */
final class RecordText {

  private final byte[] text;
  private int at;

  private RecordText(byte[] text) {
    this.text = text;
  }

  /** The record that any bytes are. */
  static SourceRecord read(byte[] text) {
    return new RecordText(text).record();
  }

  /** The bytes of a record whose parts hold no line breaks. */
  static byte[] write(SourceRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((record.topic() + "\n").getBytes(UTF_8));
    out.writeBytes(record.key() == null ? new byte[0] : record.key());
    out.write('\n');
    for (Header header : record.headers()) {
      out.writeBytes(header.key().getBytes(UTF_8));
      if (header.value() != null) {
        out.write(':');
        out.writeBytes(header.value());
      }
      out.write('\n');
    }
    if (record.value() != null) {
      out.write('\n');
      out.writeBytes(record.value());
    }
    return out.toByteArray();
  }

  private SourceRecord record() {
    String topic = new String(line(), UTF_8);
    byte[] key = line();
    Headers headers = new RecordHeaders();
    boolean ended = false;
    while (at < text.length && !ended) {
      byte[] line = line();
      ended = line.length == 0;
      if (!ended) {
        add(headers, line);
      }
    }
    byte @Nullable [] value = ended ? Arrays.copyOfRange(text, at, text.length) : null;
    return new SourceRecord(topic, 0, 0, 0, key.length == 0 ? null : key, value, headers);
  }

  private static void add(Headers headers, byte[] line) {
    int colon = 0;
    while (colon < line.length && line[colon] != ':') {
      colon++;
    }
    byte @Nullable [] value =
        colon < line.length ? Arrays.copyOfRange(line, colon + 1, line.length) : null;
    headers.add(new String(line, 0, colon, UTF_8), value);
  }

  private byte[] line() {
    int start = at;
    while (at < text.length && text[at] != '\n') {
      at++;
    }
    byte[] line = Arrays.copyOfRange(text, start, at);
    at = Math.min(at + 1, text.length);
    return line;
  }
}
