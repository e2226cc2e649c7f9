package dev.parallax.jobs.sample;

import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.jobs.state.Codec;
import dev.parallax.jobs.state.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** The bytes of {@link PaneDraft}. */
public enum PaneDraftCodec implements Codec<PaneDraft> {
  /** The codec. */
  INSTANCE;

  /** Series, capacity, events, sampled out, late, inputs in hash order. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<PaneDraft> type() {
    return PaneDraft.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public boolean immutable() {
    return false;
  }

  @Override
  public PaneDraft copy(PaneDraft draft) {
    return draft.copy();
  }

  @Override
  public void write(PaneDraft draft, DataOutput out) throws IOException {
    Wire.writeSeries(draft.series(), out);
    out.writeInt(draft.sample().capacity());
    out.writeLong(draft.sample().events());
    out.writeLong(draft.sample().sampledOut());
    out.writeLong(draft.late());
    List<Kept<byte[]>> kept = draft.sample().inHashOrder();
    out.writeInt(kept.size());
    for (Kept<byte[]> input : kept) {
      Wire.writeKept(input, out);
    }
  }

  @Override
  public PaneDraft read(byte version, DataInput in) throws IOException {
    PaneDraft draft = new PaneDraft(Wire.readSeries(in), in.readInt());
    draft.sample().addCounts(in.readLong(), in.readLong());
    draft.addLate(in.readLong());
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      draft.sample().addKept(Wire.readKept(in));
    }
    return draft;
  }
}
