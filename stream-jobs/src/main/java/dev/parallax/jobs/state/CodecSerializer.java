package dev.parallax.jobs.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Flink's view of a {@link Codec}. */
public final class CodecSerializer<T> extends TypeSerializer<T> {

  private static final long serialVersionUID = 1L;

  private final Class<? extends Codec<T>> codecClass;
  private transient Codec<T> codec;

  CodecSerializer(Codec<T> codec) {
    this.codecClass = classOf(codec);
    this.codec = codec;
  }

  @SuppressWarnings("unchecked") // getClass() of a Codec<T> is one of a Codec<T>
  private static <T> Class<? extends Codec<T>> classOf(Codec<T> codec) {
    return (Class<? extends Codec<T>>) codec.getClass();
  }

  Codec<T> codec() {
    if (codec == null) {
      codec = codecClass.getEnumConstants()[0];
    }
    return codec;
  }

  @Override
  public boolean isImmutableType() {
    return codec().immutable();
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public T createInstance() {
    throw new UnsupportedOperationException("values of " + codec().type() + " are not reused");
  }

  @Override
  public T copy(T from) {
    return codec().copy(from);
  }

  @Override
  public T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView out) throws IOException {
    out.writeByte(codec().version());
    codec().write(value, out);
  }

  @Override
  public T deserialize(DataInputView in) throws IOException {
    byte version = in.readByte();
    if (version < 1 || version > codec().version()) {
      throw new IOException(
          codec().type().getSimpleName()
              + ": expected version 1 to "
              + codec().version()
              + ", got "
              + version);
    }
    return codec().read(version, in);
  }

  @Override
  public T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecSerializer
        && ((CodecSerializer<?>) other).codecClass.equals(codecClass);
  }

  @Override
  public int hashCode() {
    return codecClass.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new CodecSerializerSnapshot<>(codec());
  }
}
