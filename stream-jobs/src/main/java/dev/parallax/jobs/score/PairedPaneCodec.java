package dev.parallax.jobs.score;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.state.Codec;
import dev.parallax.jobs.state.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The bytes of {@link PairedPane}, for when encode and score are not chained. */
public enum PairedPaneCodec implements Codec<PairedPane> {
  /** The codec. */
  INSTANCE;

  /** Series, pane, keys, live rows, norms, reference rows, counts. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<PairedPane> type() {
    return PairedPane.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public void write(PairedPane pane, DataOutput out) throws IOException {
    Wire.writeSeries(pane.series(), out);
    out.writeLong(pane.start());
    out.writeInt(pane.pairs());
    for (InputKey key : pane.keys()) {
      out.writeLong(key.high());
      out.writeLong(key.low());
    }
    Wire.writeRows(pane.live(), out);
    for (float norm : pane.norms()) {
      out.writeFloat(norm);
    }
    Wire.writeRows(pane.reference(), out);
    Wire.writeCounts(pane.counts(), out);
  }

  @Override
  public PairedPane read(byte version, DataInput in) throws IOException {
    Series series = Wire.readSeries(in);
    long start = in.readLong();
    int pairs = in.readInt();
    List<InputKey> keys = new ArrayList<>(pairs);
    for (int i = 0; i < pairs; i++) {
      keys.add(new InputKey(in.readLong(), in.readLong()));
    }
    float[][] live = Wire.readRows(in);
    float[] norms = new float[pairs];
    for (int i = 0; i < pairs; i++) {
      norms[i] = in.readFloat();
    }
    return new PairedPane(series, start, keys, live, norms, Wire.readRows(in), Wire.readCounts(in));
  }
}
