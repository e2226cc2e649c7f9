package dev.parallax.jobs.fleet;

import dev.parallax.core.fleet.FleetState;
import dev.parallax.core.fleet.FleetStateCodec;
import dev.parallax.jobs.state.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of {@link FleetState}: those of core, which carry their own version. */
public enum FleetStateType implements Codec<FleetState> {
  /** The codec. */
  INSTANCE;

  /** Whatever {@link FleetStateCodec} writes. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<FleetState> type() {
    return FleetState.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public void write(FleetState state, DataOutput out) throws IOException {
    FleetStateCodec.write(state, out);
  }

  @Override
  public FleetState read(byte version, DataInput in) throws IOException {
    return FleetStateCodec.read(in);
  }
}
