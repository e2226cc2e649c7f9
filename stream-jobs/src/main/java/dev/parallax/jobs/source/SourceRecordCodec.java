package dev.parallax.jobs.source;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.jobs.sink.OutRecordCodec;
import dev.parallax.jobs.state.Codec;
import dev.parallax.jobs.state.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of {@link SourceRecord}, for when source and sample are not chained. */
public enum SourceRecordCodec implements Codec<SourceRecord> {
  /** The codec. */
  INSTANCE;

  /** Whether it is an event; then series, key, id, time, partition, value; else the dead letter. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<SourceRecord> type() {
    return SourceRecord.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public void write(SourceRecord record, DataOutput out) throws IOException {
    out.writeBoolean(record instanceof RawEvent);
    if (record instanceof RawEvent event) {
      Wire.writeSeries(event.series(), out);
      out.writeLong(event.key().high());
      out.writeLong(event.key().low());
      Wire.writeBytes(event.idBytes(), out);
      out.writeLong(event.timeMillis());
      out.writeInt(event.partition());
      Wire.writeBytes(event.value(), out);
    } else if (record instanceof BadRecord bad) {
      OutRecordCodec.INSTANCE.write(bad.deadLetter(), out);
    }
  }

  @Override
  public SourceRecord read(byte version, DataInput in) throws IOException {
    if (!in.readBoolean()) {
      return new BadRecord(OutRecordCodec.INSTANCE.read(version, in));
    }
    return new RawEvent(
        Wire.readSeries(in),
        new InputKey(in.readLong(), in.readLong()),
        Wire.readBytes(in),
        in.readLong(),
        in.readInt(),
        Wire.readBytes(in));
  }
}
