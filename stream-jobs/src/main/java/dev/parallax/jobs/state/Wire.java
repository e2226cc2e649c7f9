package dev.parallax.jobs.state;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** The pieces that several codecs write. */
public final class Wire {

  private Wire() {}

  /** Writes a series. */
  public static void writeSeries(Series series, DataOutput out) throws IOException {
    out.writeUTF(series.model());
    out.writeUTF(series.version());
    out.writeUTF(series.reference());
    out.writeUTF(series.slice());
  }

  /** Reads a series. */
  public static Series readSeries(DataInput in) throws IOException {
    return new Series(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
  }

  /** Writes an input of a sample; its payload is the value of the record. */
  public static void writeKept(Kept<byte[]> kept, DataOutput out) throws IOException {
    out.writeLong(kept.hash());
    out.writeLong(kept.key().high());
    out.writeLong(kept.key().low());
    out.writeLong(kept.timeMillis());
    out.writeUTF(kept.id());
    out.writeLong(kept.repeats());
    writeBytes(kept.payload(), out);
  }

  /** Reads an input of a sample. */
  public static Kept<byte[]> readKept(DataInput in) throws IOException {
    return new Kept<>(
        in.readLong(),
        new InputKey(in.readLong(), in.readLong()),
        in.readLong(),
        in.readUTF(),
        in.readLong(),
        readBytes(in));
  }

  /** Writes counts. */
  public static void writeCounts(EventCounts counts, DataOutput out) throws IOException {
    out.writeLong(counts.in());
    out.writeLong(counts.sampledOut());
    out.writeLong(counts.duplicate());
    out.writeLong(counts.late());
    out.writeLong(counts.unmatched());
    out.writeLong(counts.rejected());
  }

  /** Reads counts. */
  public static EventCounts readCounts(DataInput in) throws IOException {
    return new EventCounts(
        in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  /** Writes bytes with their length in front. */
  public static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads bytes with their length in front. */
  public static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  /** Writes rows of equal length: a row at a time, as a pane is millions of numbers. */
  public static void writeRows(float[][] rows, DataOutput out) throws IOException {
    int width = rows.length == 0 ? 0 : rows[0].length;
    out.writeInt(rows.length);
    out.writeInt(width);
    byte[] bytes = new byte[width * Float.BYTES];
    FloatBuffer values = ByteBuffer.wrap(bytes).asFloatBuffer();
    for (float[] row : rows) {
      values.put(0, row);
      out.write(bytes);
    }
  }

  /** Reads rows of equal length. */
  public static float[][] readRows(DataInput in) throws IOException {
    float[][] rows = new float[in.readInt()][in.readInt()];
    byte[] bytes = new byte[rows.length == 0 ? 0 : rows[0].length * Float.BYTES];
    FloatBuffer values = ByteBuffer.wrap(bytes).asFloatBuffer();
    for (float[] row : rows) {
      in.readFully(bytes);
      values.get(0, row);
    }
    return rows;
  }
}
