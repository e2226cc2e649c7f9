package dev.parallax.core.drift;

import dev.parallax.core.drift.Learning.HoldOutPane;
import dev.parallax.core.drift.Learning.Recent;
import dev.parallax.core.drift.SeriesState.PaneMoments;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.ExpectedResidualSums;
import dev.parallax.core.translation.PaneFeatures;
import dev.parallax.core.translation.TranslationSums;
import dev.parallax.core.window.Series;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bytes of {@link SeriesState}, with a version in front. */
public final class SeriesStateCodec {

  /**
   * Series, end of the last pane, silence, window, learning (sums and rows; or space, readings and
   * sums; or baseline, plan, detectors, recent readings and arming, waiting or armed).
   */
  private static final byte VERSION_1 = 1;

  private static final byte NOTHING = 0;
  private static final byte FITTING = 1;
  private static final byte HOLD_OUT = 2;
  private static final byte ARMED = 3;
  private static final byte COLLECTED = 4;

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
      ArrayWire.writeDoubles(pane.moments().toArray(), out);
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
    } else if (learning instanceof Learning.Collected collected) {
      out.writeByte(COLLECTED);
      writeArmed(collected.shadow(), out);
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
              in.readLong(), in.readInt(), MiniBatchMoments.fromArray(ArrayWire.readDoubles(in))));
    }
    byte kind = in.readByte();
    Optional<Learning> learning =
        switch (kind) {
          case NOTHING -> Optional.empty();
          case FITTING -> Optional.of(readFitting(in));
          case HOLD_OUT -> Optional.of(readHoldOut(in));
          case ARMED -> Optional.of(readArmed(in));
          case COLLECTED -> Optional.of(new Learning.Collected(readArmed(in)));
          default -> throw new IOException("series state: unknown kind of learning " + kind);
        };
    return new SeriesState(series, lastPaneEnd, window, learning, silent);
  }

  private static void writeFitting(Learning.Fitting fitting, DataOutput out) throws IOException {
    TranslationSums.Parts parts = fitting.sums().parts();
    ArrayWire.writeFloats(parts.liveOrigin(), out);
    ArrayWire.writeFloats(parts.referenceOrigin(), out);
    out.writeLong(parts.rows());
    ArrayWire.writeDoubles(parts.live(), out);
    ArrayWire.writeDoubles(parts.reference(), out);
    ArrayWire.writeDoubles(parts.referenceSquares(), out);
    ArrayWire.writeDoubles(parts.referenceByLive(), out);
    ArrayWire.writeRows(fitting.liveRows(), out);
    ArrayWire.writeRows(fitting.referenceRows(), out);
    out.writeInt(fitting.panes());
    ArrayWire.writeDoubles(fitting.moments().toArray(), out);
  }

  private static Learning.Fitting readFitting(DataInput in) throws IOException {
    TranslationSums sums =
        TranslationSums.of(
            new TranslationSums.Parts(
                ArrayWire.readFloats(in),
                ArrayWire.readFloats(in),
                in.readLong(),
                ArrayWire.readDoubles(in),
                ArrayWire.readDoubles(in),
                ArrayWire.readDoubles(in),
                ArrayWire.readDoubles(in)));
    return new Learning.Fitting(
        sums,
        ArrayWire.readRows(in),
        ArrayWire.readRows(in),
        in.readInt(),
        MiniBatchMoments.fromArray(ArrayWire.readDoubles(in)));
  }

  private static void writeHoldOut(Learning.HoldOut holdOut, DataOutput out) throws IOException {
    BaselineCodec.writeSpace(holdOut.space(), out);
    out.writeInt(holdOut.readings().size());
    for (HoldOutPane pane : holdOut.readings()) {
      out.writeLong(pane.start());
      BaselineCodec.writeReadings(pane.readings(), out);
      ArrayWire.writeDoubles(pane.features().means(), out);
    }
    BaselineCodec.writeResiduals(holdOut.residuals(), out);
    ExpectedResidualSums.Parts expected = holdOut.expected().parts();
    out.writeLong(expected.rows());
    out.writeDouble(expected.residual());
    ArrayWire.writeDoubles(expected.sums(), out);
    ArrayWire.writeDoubles(expected.byResidual(), out);
    ArrayWire.writeDoubles(expected.products(), out);
    out.writeDouble(holdOut.shuffled());
    out.writeInt(holdOut.fitPanes());
    ArrayWire.writeDoubles(holdOut.moments().toArray(), out);
  }

  private static Learning.HoldOut readHoldOut(DataInput in) throws IOException {
    BaselineSpace space = BaselineCodec.readSpace(in);
    int count = in.readInt();
    List<HoldOutPane> panes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      panes.add(
          new HoldOutPane(
              in.readLong(),
              BaselineCodec.readReadings(in),
              PaneFeatures.of(ArrayWire.readDoubles(in))));
    }
    return new Learning.HoldOut(
        space,
        panes,
        BaselineCodec.readResiduals(in),
        ExpectedResidualSums.of(
            new ExpectedResidualSums.Parts(
                in.readLong(),
                in.readDouble(),
                ArrayWire.readDoubles(in),
                ArrayWire.readDoubles(in),
                ArrayWire.readDoubles(in))),
        in.readDouble(),
        in.readInt(),
        MiniBatchMoments.fromArray(ArrayWire.readDoubles(in)));
  }

  private static void writeArmed(Learning.Armed armed, DataOutput out) throws IOException {
    BaselineCodec.write(armed.baseline(), out);
    DetectorPlan plan = armed.plan();
    out.writeDouble(plan.scale());
    out.writeDouble(plan.logNorm());
    out.writeDouble(plan.residualSd());
    out.writeDouble(plan.offsetSd());
    Detectors detectors = armed.detectors();
    writeDetector(detectors.residual(), out);
    writeDetector(detectors.offset(), out);
    writeDetector(detectors.norm(), out);
    writeDetector(detectors.traffic(), out);
    out.writeDouble(detectors.residualWarning().sum());
    out.writeDouble(detectors.offsetWarning().sum());
    out.writeInt(armed.recent().size());
    for (Recent pane : armed.recent()) {
      out.writeLong(pane.start());
      BaselineCodec.writeReadings(pane.readings(), out);
    }
    BaselineWire.writeArming(armed.arming(), out);
  }

  private static Learning.Armed readArmed(DataInput in) throws IOException {
    Baseline baseline = BaselineCodec.read(in);
    double scale = in.readDouble();
    double logNorm = in.readDouble();
    double residualSd = in.readDouble();
    double offsetSd = in.readDouble();
    Detectors detectors =
        new Detectors(
            readDetector(in),
            readDetector(in),
            readDetector(in),
            readDetector(in),
            new Cusum(in.readDouble()),
            new Cusum(in.readDouble()));
    DetectorPlan plan =
        new DetectorPlan(
            scale,
            detectors.residual().parameters(),
            detectors.offset().parameters(),
            detectors.norm().parameters(),
            detectors.traffic().parameters(),
            logNorm,
            residualSd,
            offsetSd);
    int count = in.readInt();
    List<Recent> recent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      recent.add(new Recent(in.readLong(), BaselineCodec.readReadings(in)));
    }
    return new Learning.Armed(baseline, plan, detectors, recent, BaselineWire.readArming(in));
  }

  private static void writeDetector(EDetector detector, DataOutput out) throws IOException {
    EDetector.Parameters parameters = detector.parameters();
    out.writeDouble(parameters.mean());
    out.writeDouble(parameters.clip());
    out.writeDouble(parameters.ceilingLog());
    EDetector.State state = detector.state();
    ArrayWire.writeDoubles(state.logs(), out);
    ArrayWire.writeDoubles(state.twinLogs(), out);
    ArrayWire.writeLongs(state.changes(), out);
    out.writeInt(state.calmPanes());
  }

  private static EDetector readDetector(DataInput in) throws IOException {
    EDetector.Parameters parameters =
        new EDetector.Parameters(in.readDouble(), in.readDouble(), in.readDouble());
    return EDetector.of(
        parameters,
        new EDetector.State(
            ArrayWire.readDoubles(in),
            ArrayWire.readDoubles(in),
            ArrayWire.readLongs(in),
            in.readInt()));
  }
}
