package dev.parallax.jobs.sample;

import dev.parallax.core.window.Series;
import dev.parallax.jobs.state.Codec;
import dev.parallax.jobs.state.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of {@link SamplePart}. */
public enum SamplePartCodec implements Codec<SamplePart> {
  /** The codec. */
  INSTANCE;

  /** Series, pane, whether it is an input; then the input, or the counts. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<SamplePart> type() {
    return SamplePart.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public void write(SamplePart part, DataOutput out) throws IOException {
    Wire.writeSeries(part.series(), out);
    out.writeLong(part.paneStart());
    out.writeBoolean(part instanceof SamplePart.Input);
    if (part instanceof SamplePart.Input input) {
      Wire.writeKept(input.kept(), out);
    } else if (part instanceof SamplePart.Counts counts) {
      out.writeLong(counts.sampledOut());
      out.writeLong(counts.late());
    }
  }

  @Override
  public SamplePart read(byte version, DataInput in) throws IOException {
    Series series = Wire.readSeries(in);
    long paneStart = in.readLong();
    return in.readBoolean()
        ? new SamplePart.Input(series, paneStart, Wire.readKept(in))
        : new SamplePart.Counts(series, paneStart, in.readLong(), in.readLong());
  }
}
