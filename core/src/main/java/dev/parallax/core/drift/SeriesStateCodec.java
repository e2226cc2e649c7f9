package dev.parallax.core.drift;

import dev.parallax.core.drift.SeriesState.PaneMoments;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.Translation;
import dev.parallax.core.translation.TranslationSums;
import dev.parallax.core.window.Series;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bytes of {@link SeriesState}, with a version in front. */
public final class SeriesStateCodec {

  /**
   * Series, end of the last pane, silence, window, learning (sums and rows; or translation, strata
   * and residuals; or baseline and detector).
   */
  private static final byte VERSION_1 = 1;

  private static final byte NOTHING = 0;
  private static final byte FITTING = 1;
  private static final byte HOLD_OUT = 2;
  private static final byte ARMED = 3;

  private SeriesStateCodec() {}

  /** Writes a state. */
  public static void write(SeriesState state, DataOutput out) throws IOException {
    out.writeByte(VERSION_1);
    out.writeUTF(state.series().model());
    out.writeUTF(state.series().version());
    out.writeUTF(state.series().reference());
    out.writeUTF(state.series().slice());
    out.writeLong(state.lastPaneEnd());
    out.writeBoolean(state.silent());
    out.writeInt(state.window().size());
    for (PaneMoments pane : state.window()) {
      out.writeLong(pane.start());
      out.writeInt(pane.pairs());
      writeDoubles(pane.moments().toArray(), out);
    }
    Learning learning = state.learning().orElse(null);
    if (learning == null) {
      out.writeByte(NOTHING);
    } else if (learning instanceof Learning.Fitting fitting) {
      out.writeByte(FITTING);
      writeFitting(fitting, out);
    } else if (learning instanceof Learning.HoldOut holdOut) {
      out.writeByte(HOLD_OUT);
      writeHoldOut(holdOut, out);
    } else if (learning instanceof Learning.Armed armed) {
      out.writeByte(ARMED);
      writeArmed(armed, out);
    }
  }

  /**
   * Reads a state.
   *
   * @throws IOException if the bytes are of a version that this build does not know
   */
  public static SeriesState read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION_1) {
      throw new IOException("series state: expected version " + VERSION_1 + ", got " + version);
    }
    Series series = new Series(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
    long lastPaneEnd = in.readLong();
    boolean silent = in.readBoolean();
    int panes = in.readInt();
    List<PaneMoments> window = new ArrayList<>();
    for (int i = 0; i < panes; i++) {
      window.add(
          new PaneMoments(
              in.readLong(), in.readInt(), MiniBatchMoments.fromArray(readDoubles(in))));
    }
    byte kind = in.readByte();
    Optional<Learning> learning =
        switch (kind) {
          case NOTHING -> Optional.empty();
          case FITTING -> Optional.of(readFitting(in));
          case HOLD_OUT -> Optional.of(readHoldOut(in));
          case ARMED -> Optional.of(readArmed(in));
          default -> throw new IOException("series state: unknown kind of learning " + kind);
        };
    return new SeriesState(series, lastPaneEnd, window, learning, silent);
  }

  private static void writeFitting(Learning.Fitting fitting, DataOutput out) throws IOException {
    TranslationSums.Parts parts = fitting.sums().parts();
    writeFloats(parts.liveOrigin(), out);
    writeFloats(parts.referenceOrigin(), out);
    out.writeLong(parts.rows());
    writeDoubles(parts.live(), out);
    writeDoubles(parts.reference(), out);
    writeDoubles(parts.referenceSquares(), out);
    writeDoubles(parts.referenceByLive(), out);
    writeRows(fitting.referenceRows(), out);
    out.writeInt(fitting.panes());
    writeDoubles(fitting.moments().toArray(), out);
  }

  private static Learning.Fitting readFitting(DataInput in) throws IOException {
    TranslationSums sums =
        TranslationSums.of(
            new TranslationSums.Parts(
                readFloats(in),
                readFloats(in),
                in.readLong(),
                readDoubles(in),
                readDoubles(in),
                readDoubles(in),
                readDoubles(in)));
    return new Learning.Fitting(
        sums, readRows(in), in.readInt(), MiniBatchMoments.fromArray(readDoubles(in)));
  }

  private static void writeHoldOut(Learning.HoldOut holdOut, DataOutput out) throws IOException {
    writeTranslation(holdOut.translation(), out);
    writeRows(List.of(holdOut.strata().centroids()), out);
    out.writeInt(holdOut.residuals().size());
    for (StratumResiduals pane : holdOut.residuals()) {
      writeResiduals(pane, out);
    }
    out.writeInt(holdOut.fitPanes());
    writeDoubles(holdOut.moments().toArray(), out);
  }

  private static Learning.HoldOut readHoldOut(DataInput in) throws IOException {
    Translation translation = readTranslation(in);
    Strata strata = Strata.of(readRows(in).toArray(float[][]::new));
    int count = in.readInt();
    List<StratumResiduals> panes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      panes.add(readResiduals(in));
    }
    return new Learning.HoldOut(
        translation, strata, panes, in.readInt(), MiniBatchMoments.fromArray(readDoubles(in)));
  }

  private static void writeArmed(Learning.Armed armed, DataOutput out) throws IOException {
    Baseline baseline = armed.baseline();
    out.writeUTF(baseline.id());
    writeTranslation(baseline.translation(), out);
    writeRows(List.of(baseline.strata().centroids()), out);
    writeResiduals(baseline.residuals(), out);
    out.writeDouble(baseline.residualMean());
    out.writeDouble(baseline.residualSd());
    writeDoubles(baseline.moments().toArray(), out);
    out.writeInt(baseline.panes());
    EDetector.Parameters parameters = armed.detector().parameters();
    out.writeDouble(parameters.mean());
    out.writeDouble(parameters.clip());
    out.writeDouble(parameters.ceilingLog());
    EDetector.State state = armed.detector().state();
    writeDoubles(state.logs(), out);
    writeDoubles(state.twinLogs(), out);
    writeLongs(state.changes(), out);
    out.writeInt(state.calmPanes());
  }

  private static Learning.Armed readArmed(DataInput in) throws IOException {
    Baseline baseline =
        new Baseline(
            in.readUTF(),
            readTranslation(in),
            Strata.of(readRows(in).toArray(float[][]::new)),
            readResiduals(in),
            in.readDouble(),
            in.readDouble(),
            MiniBatchMoments.fromArray(readDoubles(in)),
            in.readInt());
    EDetector.Parameters parameters =
        new EDetector.Parameters(in.readDouble(), in.readDouble(), in.readDouble());
    EDetector.State state =
        new EDetector.State(readDoubles(in), readDoubles(in), readLongs(in), in.readInt());
    return new Learning.Armed(baseline, EDetector.of(parameters, state));
  }

  private static void writeTranslation(Translation translation, DataOutput out) throws IOException {
    writeFloats(translation.liveMean(), out);
    writeFloats(translation.referenceMean(), out);
    writeFloats(translation.map(), out);
    out.writeDouble(translation.ridge());
  }

  private static Translation readTranslation(DataInput in) throws IOException {
    return new Translation(readFloats(in), readFloats(in), readFloats(in), in.readDouble());
  }

  private static void writeResiduals(StratumResiduals residuals, DataOutput out)
      throws IOException {
    out.writeInt(residuals.strata());
    for (int s = 0; s < residuals.strata(); s++) {
      out.writeLong(residuals.count(s));
      out.writeDouble(residuals.sum(s));
    }
  }

  private static StratumResiduals readResiduals(DataInput in) throws IOException {
    int strata = in.readInt();
    long[] counts = new long[strata];
    double[] sums = new double[strata];
    for (int s = 0; s < strata; s++) {
      counts[s] = in.readLong();
      sums[s] = in.readDouble();
    }
    return StratumResiduals.of(counts, sums);
  }

  private static void writeRows(List<float[]> rows, DataOutput out) throws IOException {
    out.writeInt(rows.size());
    for (float[] row : rows) {
      writeFloats(row, out);
    }
  }

  private static List<float[]> readRows(DataInput in) throws IOException {
    int count = in.readInt();
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(readFloats(in));
    }
    return rows;
  }

  private static void writeFloats(float[] values, DataOutput out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    writeBytes(buffer.array(), out);
  }

  private static float[] readFloats(DataInput in) throws IOException {
    byte[] bytes = readBytes(in);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }

  private static void writeDoubles(double[] values, DataOutput out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Double.BYTES);
    buffer.asDoubleBuffer().put(values);
    writeBytes(buffer.array(), out);
  }

  private static double[] readDoubles(DataInput in) throws IOException {
    byte[] bytes = readBytes(in);
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
    return values;
  }

  private static void writeLongs(long[] values, DataOutput out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Long.BYTES);
    buffer.asLongBuffer().put(values);
    writeBytes(buffer.array(), out);
  }

  private static long[] readLongs(DataInput in) throws IOException {
    byte[] bytes = readBytes(in);
    long[] values = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }

  private static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
