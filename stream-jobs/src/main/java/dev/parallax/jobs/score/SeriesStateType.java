package dev.parallax.jobs.score;

import dev.parallax.core.drift.SeriesState;
import dev.parallax.core.drift.SeriesStateCodec;
import dev.parallax.jobs.state.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of {@link SeriesState}: those of core, which carry their own version. */
public enum SeriesStateType implements Codec<SeriesState> {
  /** The codec. */
  INSTANCE;

  /** Whatever {@link SeriesStateCodec} writes. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<SeriesState> type() {
    return SeriesState.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public void write(SeriesState state, DataOutput out) throws IOException {
    SeriesStateCodec.write(state, out);
  }

  @Override
  public SeriesState read(byte version, DataInput in) throws IOException {
    return SeriesStateCodec.read(in);
  }
}
