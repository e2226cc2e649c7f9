package dev.parallax.jobs.sink;

import dev.parallax.jobs.state.Codec;
import dev.parallax.jobs.state.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bytes of {@link OutRecord}. */
public enum OutRecordCodec implements Codec<OutRecord> {
  /** The codec. */
  INSTANCE;

  /** Key, value, headers. */
  private static final byte VERSION_1 = 1;

  @Override
  public Class<OutRecord> type() {
    return OutRecord.class;
  }

  @Override
  public byte version() {
    return VERSION_1;
  }

  @Override
  public void write(OutRecord record, DataOutput out) throws IOException {
    writeNullable(record.key(), out);
    writeNullable(record.value(), out);
    out.writeInt(record.headers().size());
    for (Map.Entry<String, String> header : record.headers().entrySet()) {
      out.writeUTF(header.getKey());
      out.writeUTF(header.getValue());
    }
  }

  @Override
  public OutRecord read(byte version, DataInput in) throws IOException {
    byte[] key = readNullable(in);
    byte[] value = readNullable(in);
    int count = in.readInt();
    Map<String, String> headers = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      headers.put(in.readUTF(), in.readUTF());
    }
    return new OutRecord(key, value, headers);
  }

  private static void writeNullable(byte @Nullable [] bytes, DataOutput out) throws IOException {
    out.writeBoolean(bytes != null);
    if (bytes != null) {
      Wire.writeBytes(bytes, out);
    }
  }

  private static byte @Nullable [] readNullable(DataInput in) throws IOException {
    return in.readBoolean() ? Wire.readBytes(in) : null;
  }
}
