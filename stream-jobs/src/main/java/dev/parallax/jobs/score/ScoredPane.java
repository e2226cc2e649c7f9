package dev.parallax.jobs.score;

import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.window.PairedPane;
import dev.parallax.jobs.state.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A pane with the sums of its CKA.
 *
 * @param pane the pane
 * @param moments its CKA sums
 */
public record ScoredPane(PairedPane pane, MiniBatchMoments moments) {

  /** The bytes of {@link ScoredPane}, for when score and track are not chained. */
  public enum ScoredPaneCodec implements Codec<ScoredPane> {
    /** The codec. */
    INSTANCE;

    /** The pane, then the ten moments. */
    private static final byte VERSION_1 = 1;

    @Override
    public Class<ScoredPane> type() {
      return ScoredPane.class;
    }

    @Override
    public byte version() {
      return VERSION_1;
    }

    @Override
    public void write(ScoredPane scored, DataOutput out) throws IOException {
      PairedPaneCodec.INSTANCE.write(scored.pane(), out);
      double[] moments = scored.moments().toArray();
      out.writeInt(moments.length);
      for (double moment : moments) {
        out.writeDouble(moment);
      }
    }

    @Override
    public ScoredPane read(byte version, DataInput in) throws IOException {
      PairedPane pane = PairedPaneCodec.INSTANCE.read(version, in);
      double[] moments = new double[in.readInt()];
      for (int i = 0; i < moments.length; i++) {
        moments[i] = in.readDouble();
      }
      return new ScoredPane(pane, MiniBatchMoments.fromArray(moments));
    }
  }
}
