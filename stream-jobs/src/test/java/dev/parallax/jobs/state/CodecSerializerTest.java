package dev.parallax.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecSerializerTest {

  /** Texts; version 1 had no length in front. */
  enum TextCodec implements Codec<String> {
    INSTANCE;

    @Override
    public Class<String> type() {
      return String.class;
    }

    @Override
    public byte version() {
      return 2;
    }

    @Override
    public void write(String value, DataOutput out) throws IOException {
      out.writeUTF(value);
    }

    @Override
    public String read(byte version, DataInput in) throws IOException {
      return version == 1 ? String.valueOf(in.readChar()) : in.readUTF();
    }
  }

  /** Another codec of the same type. */
  enum OtherTextCodec implements Codec<String> {
    INSTANCE;

    @Override
    public Class<String> type() {
      return String.class;
    }

    @Override
    public byte version() {
      return 1;
    }

    @Override
    public void write(String value, DataOutput out) throws IOException {
      out.writeUTF(value);
    }

    @Override
    public String read(byte version, DataInput in) throws IOException {
      return in.readUTF();
    }
  }

  private static TypeSerializer<String> serializer(Codec<String> codec) {
    return CodecType.of(codec).createSerializer(new SerializerConfigImpl());
  }

  private static byte[] snapshotBytes(TypeSerializerSnapshot<?> snapshot) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
    return out.getCopyOfBuffer();
  }

  private static TypeSerializerSnapshot<String> readSnapshot(byte[] bytes) throws IOException {
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(bytes), CodecSerializerTest.class.getClassLoader());
  }

  private static byte[] snapshotNaming(int version, String codec) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF(CodecSerializerSnapshot.class.getName());
    out.writeInt(version);
    out.writeUTF(codec);
    return out.getCopyOfBuffer();
  }

  @Test
  void aValueIsWrittenWithItsVersionInFront() throws IOException {
    byte[] bytes = Golden.write(serializer(TextCodec.INSTANCE), "ab");

    assertThat(bytes).containsExactly(2, 0, 2, 'a', 'b');
    assertThat(serializer(TextCodec.INSTANCE).deserialize(new DataInputDeserializer(bytes)))
        .isEqualTo("ab");
  }

  @Test
  void olderVersionsAreReadAsTheyWereWritten() throws IOException {
    byte[] bytes = {1, 0, 'x'};

    assertThat(serializer(TextCodec.INSTANCE).deserialize(new DataInputDeserializer(bytes)))
        .isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 3, -1})
  void anUnknownVersionIsRefused(byte version) {
    byte[] bytes = {version, 0, 1, 'x'};

    assertThatThrownBy(
            () -> serializer(TextCodec.INSTANCE).deserialize(new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessage("String: expected version 1 to 2, got " + version);
  }

  @Test
  void aSerializerTravelsWithTheJob() throws Exception {
    TypeSerializer<String> travelled = InstantiationUtil.clone(serializer(TextCodec.INSTANCE));

    assertThat(travelled).isEqualTo(serializer(TextCodec.INSTANCE));
    assertThat(Golden.write(travelled, "ab")).containsExactly(2, 0, 2, 'a', 'b');
  }

  @Test
  void aSnapshotRestoresItsCodecByName() throws IOException {
    byte[] bytes = snapshotBytes(serializer(TextCodec.INSTANCE).snapshotConfiguration());

    assertThat(readSnapshot(bytes).restoreSerializer()).isEqualTo(serializer(TextCodec.INSTANCE));
    assertThat(bytes).isEqualTo(snapshotNaming(1, TextCodec.class.getName()));
  }

  @Test
  void stateOfTheSameCodecIsCompatibleAndOfAnotherIsNot() throws IOException {
    TypeSerializerSnapshot<String> now = serializer(TextCodec.INSTANCE).snapshotConfiguration();

    assertThat(now.resolveSchemaCompatibility(readSnapshot(snapshotBytes(now))).isCompatibleAsIs())
        .isTrue();
    TypeSerializerSnapshot<String> other =
        serializer(OtherTextCodec.INSTANCE).snapshotConfiguration();
    assertThat(now.resolveSchemaCompatibility(other).isIncompatible()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.String", "java.time.DayOfWeek"})
  void aNameThatIsNoCodecIsRefused(String name) {
    assertThatThrownBy(() -> readSnapshot(snapshotNaming(1, name)))
        .isInstanceOf(IOException.class)
        .hasMessage("savepoint: " + name + " is not a codec");
  }

  @Test
  void aCodecThatIsGoneIsNamed() {
    assertThatThrownBy(() -> readSnapshot(snapshotNaming(1, "dev.parallax.Gone")))
        .isInstanceOf(IOException.class)
        .hasMessage("savepoint: no codec dev.parallax.Gone");
  }

  @Test
  void aSnapshotOfALaterVersionIsRefused() {
    assertThatThrownBy(() -> readSnapshot(snapshotNaming(2, TextCodec.class.getName())))
        .isInstanceOf(IOException.class)
        .hasMessage("savepoint: expected codec name of version 1, got 2");
  }
}
