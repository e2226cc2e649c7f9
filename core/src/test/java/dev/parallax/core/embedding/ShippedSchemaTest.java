package dev.parallax.core.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codec, the shipped {@code .proto} and Google's implementation of it agree. */
final class ShippedSchemaTest {

  private static final String PROTO = "/dev/parallax/embedding/v1/embedding_event.proto";
  private static final EventCodec CODEC = new EventCodec(EventLimits.DEFAULT);
  private static Descriptor descriptor;

  @BeforeAll
  static void readTheShippedSchema() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(ShippedSchemaTest.class.getResourceAsStream(PROTO))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      descriptor =
          FileDescriptor.buildFrom(parse(text), new FileDescriptor[0])
              .findMessageTypeByName("EmbeddingEvent");
    }
  }

  @Test
  void everyFieldHasTheValueThatGoogleReads() throws IOException {
    DynamicMessage read = DynamicMessage.parseFrom(descriptor, EventCodec.encode(Events.full()));

    assertThat(read.getUnknownFields().asMap()).isEmpty();
    assertThat(field(read, "model")).isEqualTo("search/embedder");
    assertThat(field(read, "model_version")).isEqualTo("2026-11");
    assertThat(field(read, "dimension")).isEqualTo(4);
    assertThat(field(read, "dtype")).hasToString("F32");
    assertThat(field(read, "vector")).isEqualTo(ByteString.copyFrom(Events.full().vector().data()));
    assertThat(field(read, "input_key"))
        .isEqualTo(ByteString.copyFrom(Events.full().inputKey().orElseThrow().toBytes()));
    assertThat(field(read, "input_text")).isEqualTo("Grüße aus 東京 🚄");
    assertThat(field(read, "probe")).isEqualTo(true);
    DynamicMessage tensor = (DynamicMessage) field(read, "input_tensor");
    assertThat(field(tensor, "shape")).hasToString("[2, 3]");
    assertThat(field(tensor, "dtype")).hasToString("I8");
    assertThat(field(tensor, "scale")).isEqualTo(0.5f);
    assertThat(field(tensor, "zero_point")).isEqualTo(-3);
    DynamicMessage reference = (DynamicMessage) field(read, "reference_vector");
    assertThat(field(reference, "reference")).isEqualTo("minilm-v1");
    assertThat(field(reference, "dtype")).hasToString("F16");
    assertThat(field(reference, "dimension")).isEqualTo(2);
    assertThat((List<?>) field(read, "attributes")).hasSize(3);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void googleWritesWhatItReadAsTheSameBytes(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] ours = EventCodec.encode(Events.random(random));

      DynamicMessage google = DynamicMessage.parseFrom(descriptor, ours);

      assertThat(google.getUnknownFields().asMap()).isEmpty();
      assertThat(google.toByteArray()).containsExactly(ours);
      Decoded decoded = CODEC.decode(google.toByteArray());
      assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
      assertThat(EventCodec.encode(((Decoded.Accepted) decoded).event())).containsExactly(ours);
    }
  }

  private static Object field(DynamicMessage message, String name) {
    return message.getField(message.getDescriptorForType().findFieldByName(name));
  }

  private static final Map<String, FieldDescriptorProto.Type> SCALARS =
      Map.of(
          "bytes", FieldDescriptorProto.Type.TYPE_BYTES,
          "string", FieldDescriptorProto.Type.TYPE_STRING,
          "uint32", FieldDescriptorProto.Type.TYPE_UINT32,
          "sint32", FieldDescriptorProto.Type.TYPE_SINT32,
          "float", FieldDescriptorProto.Type.TYPE_FLOAT,
          "bool", FieldDescriptorProto.Type.TYPE_BOOL);
  private static final Pattern BLOCK =
      Pattern.compile("(message|enum) (\\w+) \\{\\n(.*?)\\n\\}", Pattern.DOTALL);
  private static final Pattern FIELD =
      Pattern.compile("^ +(optional |repeated )?(\\w+|map<string, string>) (\\w+) = (\\d+);");
  private static final Pattern ENUM_VALUE = Pattern.compile("^ +(\\w+) = (\\d+);");

  /** Reads the little of the schema language that our file uses; anything else fails the test. */
  private static FileDescriptorProto parse(String proto) {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder()
            .setName(PROTO)
            .setPackage("dev.parallax.embedding.v1")
            .setSyntax("proto3");
    Matcher blocks = BLOCK.matcher(proto);
    while (blocks.find()) {
      if (blocks.group(1).equals("enum")) {
        file.addEnumType(parseEnum(blocks.group(2), blocks.group(3)));
      } else {
        file.addMessageType(parseMessage(blocks.group(2), blocks.group(3)));
      }
    }
    return file.build();
  }

  private static EnumDescriptorProto parseEnum(String name, String body) {
    EnumDescriptorProto.Builder type = EnumDescriptorProto.newBuilder().setName(name);
    body.lines()
        .forEach(
            line -> {
              Matcher value = match(ENUM_VALUE, line);
              type.addValue(
                  EnumValueDescriptorProto.newBuilder()
                      .setName(value.group(1))
                      .setNumber(Integer.parseInt(value.group(2))));
            });
    return type.build();
  }

  private static DescriptorProto parseMessage(String name, String body) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    body.lines().forEach(line -> addField(message, match(FIELD, line)));
    return message.build();
  }

  private static void addField(DescriptorProto.Builder message, Matcher line) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setName(line.group(3))
            .setNumber(Integer.parseInt(line.group(4)))
            .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    String type = line.group(2);
    if ("repeated ".equals(line.group(1)) || type.startsWith("map<")) {
      field.setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
    }
    if ("optional ".equals(line.group(1))) {
      field.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount());
      message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + line.group(3)));
    }
    if (SCALARS.containsKey(type)) {
      field.setType(SCALARS.get(type));
    } else if (type.startsWith("map<")) {
      message.addNestedType(
          DescriptorProto.newBuilder()
              .setName("AttributesEntry")
              .setOptions(MessageOptions.newBuilder().setMapEntry(true))
              .addField(entryField("key", 1))
              .addField(entryField("value", 2)));
      field.setTypeName(message.getName() + ".AttributesEntry");
    } else {
      field.setTypeName(type);
    }
    message.addField(field);
  }

  private static FieldDescriptorProto.Builder entryField(String name, int number) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
        .setType(FieldDescriptorProto.Type.TYPE_STRING);
  }

  private static Matcher match(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    assertThat(matcher.find()).as("unread line of the schema: %s", line).isTrue();
    return matcher;
  }
}
