package dev.parallax.ingest.source;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.Rejection;
import org.apache.kafka.common.header.Headers;

/** What one source record turned out to be. */
public sealed interface Reading {

  /**
   * A record that was turned away.
   *
   * @param rejection why
   */
  record Rejected(Rejection rejection) implements Reading {}

  /**
   * A clean event, ready to be written. Its arrays are shared with the record it came from, so
   * neither side may change them.
   */
  final class Accepted implements Reading {
    private final InputKey inputKey;
    private final byte[] value;
    private final Headers headers;
    private final byte[] source;
    private final byte[] id;

    Accepted(InputKey inputKey, byte[] value, Headers headers, byte[] source, byte[] id) {
      this.inputKey = inputKey;
      this.value = value;
      this.headers = headers;
      this.source = source;
      this.id = id;
    }

    /** The input key; its bytes are the key of the record. */
    public InputKey inputKey() {
      return inputKey;
    }

    /** The Protobuf message, with the input key inside. */
    public byte[] value() {
      return value;
    }

    /** The CloudEvents headers, normalised, and nothing else. */
    public Headers headers() {
      return headers;
    }

    /** {@code ce_source}, UTF-8; together with {@link #id()} it names the event. */
    public byte[] source() {
      return source;
    }

    /** {@code ce_id}, UTF-8. */
    public byte[] id() {
      return id;
    }
  }
}
