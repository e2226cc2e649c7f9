package dev.parallax.jobs.source;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.Series;
import java.nio.charset.StandardCharsets;

/**
 * An event of which only headers and key have been read. Most events are sampled out by their key,
 * so the value stays bytes until the sample keeps it.
 */
public final class RawEvent implements SourceRecord {

  private final Series series;
  private final InputKey key;
  private final byte[] id;
  private final long timeMillis;
  private final int partition;
  private final byte[] value;

  /**
   * An event. Arrays are not copied.
   *
   * @param series which series it belongs to
   * @param key names the input
   * @param id id of the event, UTF-8
   * @param timeMillis event time
   * @param partition partition that it came from
   * @param value the record's value, not decoded
   */
  public RawEvent(
      Series series, InputKey key, byte[] id, long timeMillis, int partition, byte[] value) {
    this.series = series;
    this.key = key;
    this.id = id;
    this.timeMillis = timeMillis;
    this.partition = partition;
    this.value = value;
  }

  /** Which series it belongs to. */
  public Series series() {
    return series;
  }

  /** Names the input. */
  public InputKey key() {
    return key;
  }

  /** Id of the event. */
  public String id() {
    return new String(id, StandardCharsets.UTF_8);
  }

  @Override
  public long timeMillis() {
    return timeMillis;
  }

  /** Partition that it came from. */
  public int partition() {
    return partition;
  }

  /** The record's value; shared. */
  public byte[] value() {
    return value;
  }

  byte[] idBytes() {
    return id;
  }
}
