package dev.parallax.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Bytes that lie in checkpoints of released versions, in {@code src/test/resources/golden}. */
public final class Golden {

  private Golden() {}

  /**
   * Holds a codec to its golden bytes: they are read, and value and what was read are both written
   * as them. Returns what was read.
   */
  public static <T> T check(String name, Codec<T> codec, T value) throws IOException {
    TypeSerializer<T> serializer = CodecType.of(codec).createSerializer(new SerializerConfigImpl());
    byte[] golden = read(name);

    assertThat(HexFormat.of().formatHex(write(serializer, value)))
        .as("%s as it is written", name)
        .isEqualTo(HexFormat.of().formatHex(golden));
    DataInputDeserializer in = new DataInputDeserializer(golden);
    T read = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    assertThat(write(serializer, read)).isEqualTo(golden);
    return read;
  }

  static <T> byte[] write(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name + ".bin"))) {
      return in.readAllBytes();
    }
  }
}
