package dev.parallax.jobs.score;

import dev.parallax.core.watch.ProbeWatchCodec;
import dev.parallax.core.watch.ProbeWatchState;
import dev.parallax.jobs.state.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of {@link ProbeWatchState}: those of core, which carry their own version. */
public enum ProbeWatchStateType implements Codec<ProbeWatchState> {
  /** The codec. */
  INSTANCE;

  /** Whatever {@link ProbeWatchCodec} writes. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<ProbeWatchState> type() {
    return ProbeWatchState.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public void write(ProbeWatchState state, DataOutput out) throws IOException {
    ProbeWatchCodec.write(state, out);
  }

  @Override
  public ProbeWatchState read(byte version, DataInput in) throws IOException {
    return ProbeWatchCodec.read(in);
  }
}
