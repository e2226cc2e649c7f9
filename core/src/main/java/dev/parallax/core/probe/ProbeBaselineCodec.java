package dev.parallax.core.probe;

import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of {@link ProbeBaseline}, with a version in front. */
public final class ProbeBaselineCodec {

  /** Set digest, repeats, three tolerances, count, width, and each key with its floats. */
  private static final byte VERSION_1 = 1;

  private static final int MAX_WIDTH = EventLimits.DEFAULT.maxDimension();

  private ProbeBaselineCodec() {}

  /** Writes a baseline. */
  public static void write(ProbeBaseline baseline, DataOutput out) throws IOException {
    out.writeByte(VERSION_1);
    out.writeUTF(baseline.setDigest());
    out.writeInt(baseline.repeats());
    out.writeDouble(baseline.tolerance().farthest());
    out.writeDouble(baseline.tolerance().mean());
    out.writeDouble(baseline.tolerance().scale());
    ProbeCycle vectors = baseline.vectors();
    out.writeInt(vectors.size());
    out.writeInt(vectors.width());
    for (InputKey key : vectors.keys()) {
      out.writeLong(key.high());
      out.writeLong(key.low());
      for (float value : vectors.vector(key).orElseThrow()) {
        out.writeFloat(value);
      }
    }
  }

  /**
   * Reads a baseline; takes memory only for as many vectors as a set may have.
   *
   * @throws IOException if the bytes are of a version that this build does not know, or are none
   *     that {@link #write} makes
   */
  public static ProbeBaseline read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION_1) {
      throw new IOException("probe baseline: expected version " + VERSION_1 + ", got " + version);
    }
    String setDigest = in.readUTF();
    int repeats = in.readInt();
    double farthest = in.readDouble();
    double mean = in.readDouble();
    double scale = in.readDouble();
    int count = between("probes", in.readInt(), ProbeSet.MIN_PROBES, ProbeSet.MAX_PROBES);
    int width = between("width", in.readInt(), 1, MAX_WIDTH);
    Map<InputKey, float[]> vectors = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      InputKey key = new InputKey(in.readLong(), in.readLong());
      float[] vector = new float[width];
      for (int j = 0; j < width; j++) {
        vector[j] = in.readFloat();
      }
      vectors.put(key, vector);
    }
    between("different probes", vectors.size(), count, count);
    try {
      return new ProbeBaseline(
          setDigest, repeats, ProbeCycle.of(vectors), new ProbeTolerance(farthest, mean, scale));
    } catch (IllegalArgumentException e) {
      throw new IOException("probe baseline: " + e.getMessage(), e);
    }
  }

  private static int between(String what, int value, int least, int most) throws IOException {
    if (value < least || value > most) {
      throw new IOException(
          "probe baseline: expected " + least + " to " + most + " " + what + ", got " + value);
    }
    return value;
  }
}
