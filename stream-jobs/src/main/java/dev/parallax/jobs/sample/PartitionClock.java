package dev.parallax.jobs.sample;

import dev.parallax.jobs.state.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The latest event time that was seen in a partition.
 *
 * @param partition the partition
 * @param latestMillis its latest event time
 */
public record PartitionClock(int partition, long latestMillis) {

  /** The bytes of {@link PartitionClock}. */
  public enum ClockCodec implements Codec<PartitionClock> {
    /** The codec. */
    INSTANCE;

    /** Partition, latest time. */
    private static final byte VERSION_1 = 1;

    @Override
    public Class<PartitionClock> type() {
      return PartitionClock.class;
    }

    @Override
    public byte version() {
      return VERSION_1;
    }

    @Override
    public void write(PartitionClock clock, DataOutput out) throws IOException {
      out.writeInt(clock.partition());
      out.writeLong(clock.latestMillis());
    }

    @Override
    public PartitionClock read(byte version, DataInput in) throws IOException {
      return new PartitionClock(in.readInt(), in.readLong());
    }
  }
}
