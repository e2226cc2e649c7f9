package dev.parallax.jobs.state;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Type information for values that a {@link Codec} writes. */
public final class CodecType<T> extends TypeInformation<T> {

  private static final long serialVersionUID = 1L;

  private final CodecSerializer<T> serializer;

  private CodecType(CodecSerializer<T> serializer) {
    this.serializer = serializer;
  }

  /** The type of the values of {@code codec}. */
  public static <T> CodecType<T> of(Codec<T> codec) {
    return new CodecType<>(new CodecSerializer<>(codec));
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer;
  }

  @Override
  public Class<T> getTypeClass() {
    return serializer.codec().type();
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof CodecType;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecType && ((CodecType<?>) other).serializer.equals(serializer);
  }

  @Override
  public int hashCode() {
    return serializer.hashCode();
  }

  @Override
  public String toString() {
    return getTypeClass().getSimpleName();
  }
}
