package dev.parallax.ingest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Remembers which events one partition has accepted, so that a repeat is recognised.
 *
 * <ol>
 *   <li>An event is named by its source and id, kept as 16 bytes of a SHA-256.
 *   <li>The window runs from the arrival of the accepted copy by the wall clock, never from event
 *       time, so that a late repeat of an old event is still recognised.
 *   <li>The offset of the accepted copy is kept with it. A record at that offset or before is the
 *       accepted copy itself, processed again, and not its own repeat.
 *   <li>No more than a fixed number of events is remembered; then the one longest unheard of is
 *       forgotten, whatever its age. An event takes about 150 bytes of heap.
 * </ol>
 *
 * <p>The changelog topic keeps entries for twice the window and is read back after a restart.
 *
 * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-655">KIP-655, which keeps the
 *     offset for the same reason</a>
 */
final class SeenEvents {

  private static final int DIGEST_BYTES = 16;

  private final TimestampedKeyValueStore<Bytes, Long> offsets;
  private final long windowMillis;
  private final MessageDigest digest = sha256();

  SeenEvents(TimestampedKeyValueStore<Bytes, Long> offsets, Duration window) {
    this.offsets = offsets;
    this.windowMillis = window.toMillis();
  }

  static StoreBuilder<TimestampedKeyValueStore<Bytes, Long>> store(
      String name, Duration window, int maxEvents) {
    Map<String, String> changelog =
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(2 * window.toMillis()),
            TopicConfig.SEGMENT_MS_CONFIG,
            Long.toString(window.toMillis()));
    return Stores.timestampedKeyValueStoreBuilder(
            Stores.lruMap(name, maxEvents), Serdes.Bytes(), Serdes.Long())
        .withCachingDisabled()
        .withLoggingEnabled(changelog);
  }

  /**
   * Whether the event was accepted before; if not, it is remembered as accepted now.
   *
   * @param offset of the record within its partition
   * @param nowMillis the wall clock
   */
  boolean isRepeat(byte[] source, byte[] id, long offset, long nowMillis) {
    Bytes name = nameOf(source, id);
    ValueAndTimestamp<Long> accepted = offsets.get(name);
    if (accepted != null
        && accepted.value() < offset
        && nowMillis - accepted.timestamp() <= windowMillis) {
      return true;
    }
    offsets.put(name, ValueAndTimestamp.make(offset, nowMillis));
    return false;
  }

  /** The length of the source goes first, so that no two pairs run together to the same bytes. */
  private Bytes nameOf(byte[] source, byte[] id) {
    digest.update((byte) (source.length >>> 8));
    digest.update((byte) source.length);
    digest.update(source);
    return Bytes.wrap(Arrays.copyOf(digest.digest(id), DIGEST_BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
