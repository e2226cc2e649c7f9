package dev.parallax.jobs.score;

import dev.parallax.core.window.PairedPane;
import dev.parallax.jobs.state.Codec;
import dev.parallax.jobs.state.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of {@link PairedPane}, for when encode and score are not chained. */
public enum PairedPaneCodec implements Codec<PairedPane> {
  /** The codec. */
  INSTANCE;

  /** Series, pane, live rows, reference rows, counts, digest. */
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
    Wire.writeRows(pane.live(), out);
    Wire.writeRows(pane.reference(), out);
    Wire.writeCounts(pane.counts(), out);
    out.writeUTF(pane.sampleDigest());
  }

  @Override
  public PairedPane read(byte version, DataInput in) throws IOException {
    return new PairedPane(
        Wire.readSeries(in),
        in.readLong(),
        Wire.readRows(in),
        Wire.readRows(in),
        Wire.readCounts(in),
        in.readUTF());
  }
}
