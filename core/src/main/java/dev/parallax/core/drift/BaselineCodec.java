package dev.parallax.core.drift;

import dev.parallax.core.drift.Learning.Recent;
import dev.parallax.core.similarity.MiniBatchMoments;
import dev.parallax.core.translation.ExpectedResidual;
import dev.parallax.core.translation.Leverage;
import dev.parallax.core.translation.Strata;
import dev.parallax.core.translation.StratumResiduals;
import dev.parallax.core.translation.Translation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The bytes of {@link Baseline}, with a version in front. */
final class BaselineCodec {

  /**
   * Id, space, expected residual, residuals, shuffled residual, leverage, ranges, hold-out,
   * moments, panes.
   */
  private static final byte VERSION_1 = 1;

  private BaselineCodec() {}

  static void write(Baseline baseline, DataOutput out) throws IOException {
    out.writeByte(VERSION_1);
    out.writeUTF(baseline.id());
    writeSpace(baseline.space(), out);
    ArrayWire.writeDoubles(baseline.expected().coefficients(), out);
    ArrayWire.writeDoubles(baseline.expected().meanFeatures(), out);
    writeResiduals(baseline.residuals(), out);
    out.writeDouble(baseline.shuffledResidual());
    out.writeDouble(baseline.leverage());
    writeRanges(baseline, out);
    out.writeInt(baseline.holdOut().size());
    for (Recent pane : baseline.holdOut()) {
      out.writeLong(pane.start());
      writeReadings(pane.readings(), out);
    }
    ArrayWire.writeDoubles(baseline.moments().toArray(), out);
    out.writeInt(baseline.panes());
  }

  /**
   * Reads a baseline.
   *
   * @throws IOException if the bytes are of a version that this build does not know
   */
  static Baseline read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION_1) {
      throw new IOException("baseline: expected version " + VERSION_1 + ", got " + version);
    }
    String id = in.readUTF();
    BaselineSpace space = readSpace(in);
    ExpectedResidual expected =
        new ExpectedResidual(ArrayWire.readDoubles(in), ArrayWire.readDoubles(in));
    StratumResiduals residuals = readResiduals(in);
    double shuffledResidual = in.readDouble();
    double leverage = in.readDouble();
    Map<Reading, HealthyRange> ranges = readRanges(in);
    int count = in.readInt();
    List<Recent> holdOut = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      holdOut.add(new Recent(in.readLong(), readReadings(in)));
    }
    return new Baseline(
        id,
        space,
        expected,
        residuals,
        shuffledResidual,
        leverage,
        ranges,
        holdOut,
        MiniBatchMoments.fromArray(ArrayWire.readDoubles(in)),
        in.readInt());
  }

  /** In the order of {@link Reading}, so that equal baselines have equal bytes. */
  private static void writeRanges(Baseline baseline, DataOutput out) throws IOException {
    Map<Reading, HealthyRange> ordered = new EnumMap<>(Reading.class);
    ordered.putAll(baseline.ranges());
    out.writeByte(ordered.size());
    for (Map.Entry<Reading, HealthyRange> entry : ordered.entrySet()) {
      out.writeByte(entry.getKey().code());
      out.writeDouble(entry.getValue().mean());
      out.writeDouble(entry.getValue().sd());
      out.writeInt(entry.getValue().panes());
    }
  }

  private static Map<Reading, HealthyRange> readRanges(DataInput in) throws IOException {
    Map<Reading, HealthyRange> ranges = new EnumMap<>(Reading.class);
    int count = in.readByte();
    for (int i = 0; i < count; i++) {
      ranges.put(
          Reading.ofCode(in.readByte()),
          new HealthyRange(in.readDouble(), in.readDouble(), in.readInt()));
    }
    return ranges;
  }

  static void writeSpace(BaselineSpace space, DataOutput out) throws IOException {
    Translation translation = space.translation();
    ArrayWire.writeFloats(translation.liveMean(), out);
    ArrayWire.writeFloats(translation.referenceMean(), out);
    ArrayWire.writeFloats(translation.map(), out);
    out.writeDouble(translation.ridge());
    ArrayWire.writeFloats(space.leverage().whitening(), out);
    ArrayWire.writeRows(List.of(space.strata().centroids()), out);
    out.writeInt(space.basis().axes().length);
    for (double[] axis : space.basis().axes()) {
      ArrayWire.writeDoubles(axis, out);
    }
    TrafficMap.Parts traffic = space.traffic().parts();
    out.writeInt(traffic.width());
    out.writeDouble(traffic.sigma());
    out.writeLong(traffic.seed());
    out.writeLong(traffic.count());
    ArrayWire.writeDoubles(traffic.cosines(), out);
    ArrayWire.writeDoubles(traffic.sines(), out);
  }

  static BaselineSpace readSpace(DataInput in) throws IOException {
    Translation translation =
        new Translation(
            ArrayWire.readFloats(in),
            ArrayWire.readFloats(in),
            ArrayWire.readFloats(in),
            in.readDouble());
    Leverage leverage =
        Leverage.of(translation.referenceMean(), ArrayWire.readFloats(in), translation.ridge());
    Strata strata = Strata.of(ArrayWire.readRows(in).toArray(float[][]::new));
    double[][] axes = new double[in.readInt()][];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = ArrayWire.readDoubles(in);
    }
    return new BaselineSpace(
        translation,
        leverage,
        strata,
        new SpectralBasis(axes),
        TrafficMap.of(
            new TrafficMap.Parts(
                in.readInt(),
                in.readDouble(),
                in.readLong(),
                in.readLong(),
                ArrayWire.readDoubles(in),
                ArrayWire.readDoubles(in))));
  }

  static void writeResiduals(StratumResiduals residuals, DataOutput out) throws IOException {
    out.writeInt(residuals.strata());
    for (int s = 0; s < residuals.strata(); s++) {
      out.writeLong(residuals.count(s));
      out.writeDouble(residuals.sum(s));
    }
  }

  static StratumResiduals readResiduals(DataInput in) throws IOException {
    int strata = in.readInt();
    long[] counts = new long[strata];
    double[] sums = new double[strata];
    for (int s = 0; s < strata; s++) {
      counts[s] = in.readLong();
      sums[s] = in.readDouble();
    }
    return StratumResiduals.of(counts, sums);
  }

  static void writeReadings(Readings readings, DataOutput out) throws IOException {
    out.writeByte(readings.asMap().size());
    for (Map.Entry<Reading, Double> entry : readings.asMap().entrySet()) {
      out.writeByte(entry.getKey().code());
      out.writeDouble(entry.getValue());
    }
  }

  static Readings readReadings(DataInput in) throws IOException {
    Map<Reading, Double> values = new EnumMap<>(Reading.class);
    int count = in.readByte();
    for (int i = 0; i < count; i++) {
      values.put(Reading.ofCode(in.readByte()), in.readDouble());
    }
    return Readings.of(values);
  }
}
