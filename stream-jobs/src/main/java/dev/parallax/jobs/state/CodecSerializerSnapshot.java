package dev.parallax.jobs.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** What a savepoint remembers of a {@link CodecSerializer}: the name of its codec. */
public final class CodecSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

  /** The class name of the codec. */
  private static final int VERSION_1 = 1;

  private @Nullable Codec<T> codec;

  /** For Flink, which fills it by {@link #readSnapshot}. */
  public CodecSerializerSnapshot() {}

  CodecSerializerSnapshot(Codec<T> codec) {
    this.codec = codec;
  }

  @Override
  public int getCurrentVersion() {
    return VERSION_1;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(codec().getClass().getName());
  }

  @Override
  @SuppressWarnings("unchecked") // the state that the name was written for is of the codec's type
  public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
    if (version != VERSION_1) {
      throw new IOException("savepoint: expected codec name of version 1, got " + version);
    }
    String name = in.readUTF();
    try {
      Class<?> type = Class.forName(name, false, loader);
      if (!Codec.class.isAssignableFrom(type) || !type.isEnum()) {
        throw new IOException("savepoint: " + name + " is not a codec");
      }
      codec = (Codec<T>) type.getEnumConstants()[0];
    } catch (ClassNotFoundException e) {
      throw new IOException("savepoint: no codec " + name, e);
    }
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return new CodecSerializer<>(codec());
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    return old instanceof CodecSerializerSnapshot<T> other && other.codec().equals(codec())
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }

  private Codec<T> codec() {
    if (codec == null) {
      throw new IllegalStateException("the snapshot has not been read yet");
    }
    return codec;
  }
}
