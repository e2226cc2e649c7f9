package dev.parallax.jobs.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Gives values of one type bytes, for the network and for state.
 *
 * <p>Implementations are public enums with the one constant {@code INSTANCE}, so that a savepoint
 * can name them. Every value is written with {@link #version()} in front; a codec reads the
 * versions that it ever wrote.
 */
public interface Codec<T> {

  /** The type. */
  Class<T> type();

  /** The version that is written. */
  byte version();

  /** Writes a value. */
  void write(T value, DataOutput out) throws IOException;

  /** Reads a value that was written in {@code version}, one that this codec knows. */
  T read(byte version, DataInput in) throws IOException;

  /**
   * A value that changes to the original do not reach; the original itself where it cannot change.
   */
  default T copy(T value) {
    return value;
  }

  /** Whether values cannot change. */
  default boolean immutable() {
    return true;
  }
}
