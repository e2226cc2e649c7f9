package dev.parallax.jobs.source;

import dev.parallax.core.drift.BaselineOrder;
import dev.parallax.core.drift.BaselineWire;
import dev.parallax.jobs.state.Codec;
import dev.parallax.jobs.state.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of {@link BaselineOrder}: those of the topic, which carry their own version. */
public enum BaselineOrderCodec implements Codec<BaselineOrder> {
  /** The codec. */
  INSTANCE;

  /** Length and whatever {@link BaselineWire} writes. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<BaselineOrder> type() {
    return BaselineOrder.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public void write(BaselineOrder order, DataOutput out) throws IOException {
    Wire.writeBytes(BaselineWire.write(order), out);
  }

  @Override
  public BaselineOrder read(byte version, DataInput in) throws IOException {
    return BaselineWire.readOrder(Wire.readBytes(in))
        .orElseThrow(() -> new IOException("expected an order, got a baseline"));
  }
}
