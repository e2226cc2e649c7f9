package dev.parallax.jobs.sample;

import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.state.Codec;
import dev.parallax.jobs.state.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The bytes of {@link PaneSample}, for when merge and encode are not chained. */
public enum PaneSampleCodec implements Codec<PaneSample> {
  /** The codec. */
  INSTANCE;

  /** Series, pane, counts, inputs. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<PaneSample> type() {
    return PaneSample.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public void write(PaneSample pane, DataOutput out) throws IOException {
    Wire.writeSeries(pane.series(), out);
    out.writeLong(pane.paneStart());
    Wire.writeCounts(pane.counts(), out);
    out.writeInt(pane.inputs().size());
    for (Kept<byte[]> input : pane.inputs()) {
      Wire.writeKept(input, out);
    }
  }

  @Override
  public PaneSample read(byte version, DataInput in) throws IOException {
    Series series = Wire.readSeries(in);
    long paneStart = in.readLong();
    EventCounts counts = Wire.readCounts(in);
    int size = in.readInt();
    List<Kept<byte[]>> inputs = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      inputs.add(Wire.readKept(in));
    }
    return new PaneSample(series, paneStart, inputs, counts);
  }
}
