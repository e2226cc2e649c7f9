package dev.parallax.core.drift;

import dev.parallax.core.window.Series;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/** The bytes of the records of {@code parallax.baselines}: a kind, a version, the entry. */
public final class BaselineWire {

  /**
   * Most bytes of a record before compression. A baseline of widths p and q takes 4·q·(p + q): 25
   * MB where both are 1,792. The content of a larger one stays in the state of the job.
   */
  public static final int MAX_BYTES = 32 << 20;

  private static final byte RECORD = 1;
  private static final byte ORDER = 2;

  /** Record: state, series, report, arming, until, content. Order: kind, series, id, approval. */
  private static final byte VERSION_1 = 1;

  private BaselineWire() {}

  /** The bytes of an entry, at most {@link #MAX_BYTES}. */
  public static byte[] write(BaselineEntry entry) {
    if (entry instanceof BaselineRecord record) {
      byte[] whole = bytes(out -> writeRecord(record, out));
      return whole.length <= MAX_BYTES
          ? whole
          : bytes(out -> writeRecord(record.withoutContent(), out));
    }
    return bytes(out -> writeOrder((BaselineOrder) entry, out));
  }

  /**
   * Reads an entry.
   *
   * @throws IOException if the bytes are none, or of a version that this build does not know
   */
  public static BaselineEntry read(byte[] bytes) throws IOException {
    DataInput in = new DataInputStream(new ByteArrayInputStream(bytes));
    byte kind = in.readByte();
    requireVersion(in.readByte());
    return switch (kind) {
      case RECORD -> readRecord(in);
      case ORDER -> readOrder(in);
      default -> throw new IOException("baseline topic: unknown kind of record " + kind);
    };
  }

  /**
   * Reads an order, and passes over other entries without reading them.
   *
   * @throws IOException as {@link #read}
   */
  public static Optional<BaselineOrder> readOrder(byte[] bytes) throws IOException {
    return bytes.length > 0 && bytes[0] == RECORD
        ? Optional.empty()
        : Optional.of((BaselineOrder) read(bytes));
  }

  /**
   * Reads an entry, and of a record everything but the baseline itself, which may be large.
   *
   * @throws IOException as {@link #read}
   */
  public static BaselineEntry readWithoutContent(byte[] bytes) throws IOException {
    DataInput in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readByte() != RECORD) {
      return read(bytes);
    }
    requireVersion(in.readByte());
    return readRecordWithoutContent(in);
  }

  /**
   * Reads a record, and passes over orders without reading them.
   *
   * @throws IOException as {@link #read}
   */
  public static Optional<BaselineRecord> readRecord(byte[] bytes) throws IOException {
    return bytes.length > 0 && bytes[0] == ORDER
        ? Optional.empty()
        : Optional.of((BaselineRecord) read(bytes));
  }

  private static void requireVersion(byte version) throws IOException {
    if (version != VERSION_1) {
      throw new IOException("baseline topic: expected version " + VERSION_1 + ", got " + version);
    }
  }

  private static void writeRecord(BaselineRecord record, DataOutput out) throws IOException {
    out.writeByte(RECORD);
    out.writeByte(VERSION_1);
    out.writeUTF(record.state().name());
    writeSeries(record.series(), out);
    AaReportCodec.write(record.report(), out);
    writeArming(record.arming(), out);
    out.writeBoolean(record.until().isPresent());
    out.writeLong(record.until().orElse(0));
    out.writeBoolean(record.content().isPresent());
    if (record.content().isPresent()) {
      BaselineCodec.write(record.content().get(), out);
    }
  }

  private static BaselineRecord readRecord(DataInput in) throws IOException {
    BaselineRecord record = readRecordWithoutContent(in);
    return in.readBoolean() ? record.withContent(BaselineCodec.read(in)) : record;
  }

  private static BaselineRecord readRecordWithoutContent(DataInput in) throws IOException {
    BaselineRecord.State state = named(BaselineRecord.State.class, in.readUTF());
    Series series = readSeries(in);
    AaReport report = AaReportCodec.read(in);
    Optional<Arming> arming = readArming(in);
    boolean ended = in.readBoolean();
    long until = in.readLong();
    return new BaselineRecord(
        series,
        state,
        Optional.empty(),
        report,
        arming,
        ended ? OptionalLong.of(until) : OptionalLong.empty());
  }

  private static void writeOrder(BaselineOrder order, DataOutput out) throws IOException {
    out.writeByte(ORDER);
    out.writeByte(VERSION_1);
    out.writeUTF(order.kind().name());
    writeSeries(order.series(), out);
    out.writeUTF(order.baseline());
    writeApproval(order.approval(), out);
  }

  private static BaselineOrder readOrder(DataInput in) throws IOException {
    return new BaselineOrder(
        named(BaselineOrder.Kind.class, in.readUTF()),
        readSeries(in),
        in.readUTF(),
        readApproval(in));
  }

  private static <E extends Enum<E>> E named(Class<E> type, String name) throws IOException {
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new IOException("baseline topic: unknown state or order " + name, e);
    }
  }

  private static void writeSeries(Series series, DataOutput out) throws IOException {
    out.writeUTF(series.model());
    out.writeUTF(series.version());
    out.writeUTF(series.reference());
    out.writeUTF(series.slice());
  }

  private static Series readSeries(DataInput in) throws IOException {
    return new Series(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
  }

  static void writeArming(Optional<Arming> arming, DataOutput out) throws IOException {
    out.writeBoolean(arming.isPresent());
    if (arming.isPresent()) {
      writeApproval(arming.get().approval(), out);
      out.writeLong(arming.get().from());
    }
  }

  static Optional<Arming> readArming(DataInput in) throws IOException {
    return in.readBoolean()
        ? Optional.of(new Arming(readApproval(in), in.readLong()))
        : Optional.empty();
  }

  private static void writeApproval(Approval approval, DataOutput out) throws IOException {
    out.writeUTF(approval.by());
    out.writeLong(approval.atMillis());
    out.writeBoolean(approval.override().isPresent());
    out.writeUTF(approval.override().orElse(""));
  }

  private static Approval readApproval(DataInput in) throws IOException {
    String by = in.readUTF();
    long at = in.readLong();
    boolean overrides = in.readBoolean();
    String reason = in.readUTF();
    return new Approval(by, at, overrides ? Optional.of(reason) : Optional.empty());
  }

  private static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** Writes an entry. */
  private interface Writer {
    void write(DataOutput out) throws IOException;
  }
}
