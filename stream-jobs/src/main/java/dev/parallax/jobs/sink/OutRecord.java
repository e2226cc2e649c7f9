package dev.parallax.jobs.sink;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A record to be written. Holds its arrays without copying them. */
public final class OutRecord {

  private final byte @Nullable [] key;
  private final byte @Nullable [] value;
  private final Map<String, String> headers;

  /** A record with headers. */
  public OutRecord(byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
    this.key = key;
    this.value = value;
    this.headers = new TreeMap<>(headers);
  }

  /** A record with a text as its key and no headers. */
  public static OutRecord of(String key, byte[] value) {
    return new OutRecord(key.getBytes(StandardCharsets.UTF_8), value, Map.of());
  }

  /** The key. */
  public byte @Nullable [] key() {
    return key;
  }

  /** The value. */
  public byte @Nullable [] value() {
    return value;
  }

  /** The headers, sorted by name. */
  public Map<String, String> headers() {
    return headers;
  }
}
