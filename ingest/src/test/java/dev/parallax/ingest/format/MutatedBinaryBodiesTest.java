package dev.parallax.ingest.format;

import static dev.parallax.ingest.format.Oip.littleEndian;
import static dev.parallax.ingest.format.Oip.tensor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.ingest.AllocationMeter;
import dev.parallax.ingest.Mutations;
import dev.parallax.ingest.SampleFiles;
import dev.parallax.ingest.json.JsonTree;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come, a reader answers or rejects, within its bound of memory. */
class MutatedBinaryBodiesTest {

  private static final int MUTATIONS = 2_000;
  private static final int COUNT = 20_000;

  /** What reading takes that does not grow with the body: the parser's buffers. */
  private static final int BYTES_AT_LEAST = 32_768;

  static Stream<Arguments> readers() {
    return Stream.of(
        Arguments.of(
            "oip-binary",
            new OipBinaryReader(FormatOptions.NONE),
            oipBinary(),
            2 * JsonTree.BYTES_PER_BYTE,
            BYTES_AT_LEAST),
        Arguments.of(
            "oip-protobuf",
            new OipProtobufReader(FormatOptions.NONE),
            oipProtobuf(),
            OipProtobufReader.BYTES_PER_BYTE,
            OipProtobufReader.BYTES_AT_LEAST),
        Arguments.of(
            "openinference",
            new OpenInferenceReader(),
            openInference(),
            2 * JsonTree.BYTES_PER_BYTE,
            BYTES_AT_LEAST));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readers")
  void mutatedBodiesAreReadOrRejectedWithinTheBound(
      String format, BodyReader reader, List<byte[]> corpus, int perByte, int atLeast) {
    Mutations mutations = new Mutations(format.hashCode(), corpus);
    Random random = new Random(1);
    corpus.forEach(bytes -> read(reader, Body.of(bytes)));
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = mutations.next();
      Body body = labelled(Body.of(bytes), random);
      assertWithin((long) perByte * bytes.length + atLeast, reader, body, "mutation " + i);
    }
  }

  static Stream<Arguments> densest() {
    BodyReader protobuf = new OipProtobufReader(FormatOptions.NONE);
    BodyReader spans = new OpenInferenceReader();
    String vector = "embedding.embeddings.0.embedding.vector";
    Message kind = attribute("openinference.span.kind", new Message().text(1, "EMBEDDING"));
    Message embeddings = new Message().message(9, kind);
    for (int i = 0; i < 10_000; i++) {
      embeddings.message(
          9,
          attribute(
              "embedding.embeddings." + i + ".embedding.text",
              new Message().bytes(1, new byte[0])));
    }
    return Stream.of(
        Arguments.of("empty tensors", protobuf, repeated(5, new byte[0])),
        Arguments.of("empty raw contents", protobuf, repeated(6, new byte[0])),
        Arguments.of("texts", protobuf, contents(repeated(8, new byte[0]))),
        Arguments.of("texts of one letter", protobuf, contents(repeated(8, new byte[] {'a'}))),
        Arguments.of("packed numbers", protobuf, contents(new Message().bytes(2, new byte[COUNT]))),
        Arguments.of("single numbers", protobuf, contents(repeatedVarint())),
        Arguments.of("packs of one number", protobuf, contents(repeated(3, new byte[1]))),
        Arguments.of("contents", protobuf, new Message().message(5, repeated(5, new byte[0]))),
        Arguments.of("raw texts", protobuf, rawTexts()),
        Arguments.of("rows of two", protobuf, rowsOfTwo()),
        Arguments.of("resources", spans, repeated(1, new byte[0])),
        Arguments.of("scopes", spans, new Message().message(1, repeated(2, new byte[0]))),
        Arguments.of("spans", spans, scope(repeated(2, new byte[0]))),
        Arguments.of(
            "short spans of another kind", spans, scope(repeated(2, new byte[34], (byte) 0x18))),
        Arguments.of(
            "embedding spans", spans, scope(repeated(2, new Message().message(9, kind).toBytes()))),
        Arguments.of(
            "attributes", spans, scope(new Message().message(2, repeated(9, new byte[0])))),
        Arguments.of("embeddings", spans, scope(new Message().message(2, embeddings))),
        Arguments.of(
            "elements of a vector",
            spans,
            scope(
                new Message()
                    .message(
                        2,
                        new Message()
                            .message(9, kind)
                            .message(
                                9,
                                attribute(
                                    vector,
                                    new Message()
                                        .message(5, repeated(1, new byte[] {0x18, 0x01}))))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("densest")
  void theDensestBodiesStayWithinTheBound(String what, BodyReader reader, Message message) {
    byte[] bytes = message.toBytes();
    for (Side side : Side.values()) {
      assertWithin(
          64L * bytes.length + OipProtobufReader.BYTES_AT_LEAST,
          reader,
          Body.of(bytes).as(side),
          what);
    }
  }

  private static void assertWithin(long limit, BodyReader reader, Body body, String what) {
    long allocated = AllocationMeter.bytesOf(() -> read(reader, body));
    if (allocated >= limit) {
      // The first run of a line of code may load classes.
      allocated = AllocationMeter.bytesOf(() -> read(reader, body));
    }
    assertThat(allocated).as("%s, %d bytes", what, body.bytes().length).isLessThan(limit);
  }

  private static Message repeated(int field, byte[] value) {
    Message message = new Message();
    for (int i = 0; i < COUNT; i++) {
      message.bytes(field, value);
    }
    return message;
  }

  private static Message repeated(int field, byte[] value, byte fill) {
    Arrays.fill(value, fill);
    return repeated(field, value);
  }

  private static Message repeatedVarint() {
    Message message = new Message();
    for (int i = 0; i < COUNT; i++) {
      message.varint(2, 1);
    }
    return message;
  }

  private static Message contents(Message contents) {
    return new Message().message(5, tensor("e", "BYTES", COUNT).message(5, contents));
  }

  private static Message rawTexts() {
    return new Message().message(5, tensor("e", "BYTES", COUNT)).bytes(7, new byte[4 * COUNT]);
  }

  private static Message rowsOfTwo() {
    return new Message().message(5, tensor("e", "FP16", COUNT, 2)).bytes(6, new byte[4 * COUNT]);
  }

  private static Message scope(Message scope) {
    return new Message().message(1, new Message().message(2, scope));
  }

  private static void read(BodyReader reader, Body body) {
    try {
      reader.read(body);
    } catch (RejectedBodyException e) {
      assertThat(e.rejection().detail()).isNotBlank().hasSizeLessThan(2_000);
    }
  }

  private static Body labelled(Body body, Random random) {
    Body sided =
        switch (random.nextInt(3)) {
          case 0 -> body.as(Side.REQUEST);
          case 1 -> body.as(Side.RESPONSE);
          default -> body;
        };
    return random.nextBoolean() ? sided.withHeadLength(random.nextInt(400)) : sided;
  }

  private static List<byte[]> oipBinary() {
    byte[] texts = Oip.texts("a", "bc", "def", "");
    return List.of(
        SampleFiles.body("oip-v2/binary-response-fp16-and-json-fp32.json").bytes(),
        SampleFiles.bytes("triton/binary-request-header.json"),
        SampleFiles.bytes("triton/binary-response-header.json"),
        SampleFiles.bytes("triton/raw-binary-two-outputs-response-header.json"),
        SampleFiles.bytes("oip-v2/infer-request.json"),
        Oip.binary(
            "{\"outputs\":[{\"name\":\"e\",\"datatype\":\"FP32\",\"shape\":[2,2],"
                + "\"parameters\":{\"binary_data_size\":16}}]}",
            littleEndian(1f, 2f, 3f, 4f)),
        Oip.binary(
            "{\"inputs\":[{\"name\":\"t\",\"datatype\":\"BYTES\",\"shape\":[4],"
                + "\"parameters\":{\"binary_data_size\":"
                + texts.length
                + "}}]}",
            texts));
  }

  private static List<byte[]> oipProtobuf() {
    Message named = new Message().text(1, "model").text(2, "1").text(3, "id");
    Message contents =
        new Message().bytes(6, littleEndian(1f, 2f)).float32(6, 3).float64(7, 4).varint(2, 5);
    return List.of(
        SampleFiles.body("seldon-core-v2/model-inputs.record.json").bytes(),
        SampleFiles.body("seldon-core-v2/model-outputs.record.json").bytes(),
        SampleFiles.body("seldon-core-v2/pipeline-outputs.record.json").bytes(),
        named
            .message(5, tensor("e", "FP32", 2, 2).message(5, contents))
            .bytes(6, littleEndian(1f, 2f, 3f, 4f))
            .toBytes(),
        new Message()
            .message(5, tensor("t", "BYTES", 2).message(5, new Message().text(8, "a").text(8, "é")))
            .message(6, new Message().text(1, "e"))
            .toBytes(),
        new Message()
            .message(5, tensor("input_ids", "INT64", 1, 2))
            .bytes(7, new byte[16])
            .toBytes(),
        new Message()
            .message(5, tensor("s", "BYTES", 3))
            .bytes(7, Oip.texts("a", "", "b"))
            .toBytes(),
        new byte[] {0, 0, 0, 0, 1, 2, 0, 42, 0});
  }

  private static List<byte[]> openInference() {
    String vector = "embedding.embeddings.0.embedding.vector";
    Message array =
        new Message()
            .message(1, new Message().float64(4, 1))
            .message(1, new Message().varint(3, 2));
    Message span =
        new Message()
            .bytes(1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
            .bytes(2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8})
            .fixed64(8, 1_544_712_661_000_000_000L)
            .message(9, attribute("openinference.span.kind", new Message().text(1, "EMBEDDING")))
            .message(9, attribute("input.value", new Message().text(1, "{\"input\":[\"a\"]}")))
            .message(9, attribute(vector, new Message().message(5, array)))
            .message(9, attribute(vector, new Message().bytes(7, littleEndian(1f, 2f))))
            .message(9, attribute(vector, new Message().text(1, "[1,2]")))
            .message(15, new Message().varint(3, 2));
    return List.of(
        Optional.ofNullable(
                SampleFiles.record("openinference-otlp/otlp-json-export.record.json").value())
            .orElseThrow(),
        SampleFiles.bytes("openinference-otlp/spec-text-input-span.json"),
        SampleFiles.bytes("openinference-otlp/spec-token-input-span.json"),
        "{\"attributes\":{\"openinference.span.kind\":\"EMBEDDING\",\"x\":\"[[1,2]]\"}}"
            .getBytes(UTF_8),
        new Message()
            .message(1, new Message().message(2, new Message().message(2, span)))
            .toBytes());
  }

  private static Message attribute(String name, Message value) {
    return new Message().text(1, name).message(2, value);
  }
}
