package dev.parallax.core.drift;

import dev.parallax.core.drift.AaReport.Point;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The bytes of {@link AaReport}, with a version in front. */
final class AaReportCodec {

  /** Every component in order. */
  private static final byte VERSION_1 = 1;

  private AaReportCodec() {}

  static void write(AaReport report, DataOutput out) throws IOException {
    out.writeByte(VERSION_1);
    out.writeUTF(report.baseline());
    out.writeInt(report.panes());
    out.writeInt(report.leastPanes());
    out.writeInt(report.alarms());
    out.writeDouble(report.largestEvidenceLog10());
    out.writeDouble(report.thresholdLog10());
    out.writeDouble(report.autocorrelation());
    out.writeDouble(report.autocorrelationError());
    out.writeDouble(report.effectivePanes());
    out.writeBoolean(report.hourShare().isPresent());
    out.writeDouble(report.hourShare().orElse(0));
    out.writeDouble(report.promisedPerMonth());
    out.writeDouble(report.expectedPerMonth());
    out.writeInt(report.simulatedPanes());
    out.writeInt(report.blockPanes());
    out.writeDouble(report.tested());
    out.writeBoolean(report.withinBudget());
    out.writeInt(report.advice().size());
    for (String advice : report.advice()) {
      out.writeUTF(advice);
    }
    out.writeInt(report.points().size());
    for (Point point : report.points()) {
      out.writeLong(point.start());
      out.writeDouble(point.residual());
      out.writeDouble(point.evidenceLog10());
    }
  }

  static AaReport read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION_1) {
      throw new IOException("A/A report: expected version " + VERSION_1 + ", got " + version);
    }
    return new AaReport(
        in.readUTF(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        readOptional(in),
        in.readDouble(),
        in.readDouble(),
        in.readInt(),
        in.readInt(),
        in.readDouble(),
        in.readBoolean(),
        readAdvice(in),
        readPoints(in));
  }

  private static OptionalDouble readOptional(DataInput in) throws IOException {
    boolean isPresent = in.readBoolean();
    double value = in.readDouble();
    return isPresent ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static List<String> readAdvice(DataInput in) throws IOException {
    int count = in.readInt();
    List<String> advice = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      advice.add(in.readUTF());
    }
    return advice;
  }

  private static List<Point> readPoints(DataInput in) throws IOException {
    int count = in.readInt();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(new Point(in.readLong(), in.readDouble(), in.readDouble()));
    }
    return points;
  }
}
