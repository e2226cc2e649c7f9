package dev.parallax.ingest.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.AllocationMeter;
import dev.parallax.ingest.format.FormatOptions.Field;
import dev.parallax.ingest.json.JsonTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Whatever comes in, a reader answers or rejects, and takes a bounded multiple of the body. */
class HostileBodiesTest {

  private static final int MUTATIONS = 2_000;

  /** Buffers of the parser and messages. */
  private static final int CONSTANT = 64 << 10;

  private static final String TENSOR =
      "{'outputs':[{'name':'a','datatype':'FP32','shape':[%d,2],'data':[#]}]}";
  private static final String INPUT_TENSOR =
      "{'inputs':[{'name':'input_ids','datatype':'%s','shape':[%d,1],'data':[#]}]}";

  private static final List<String> WRAPPERS =
      List.of(
          "[#]",
          "{'input':[#]}",
          "{'inputs':[#]}",
          "{'instances':[#]}",
          "{'data':[#]}",
          "{'embeddings':[#]}",
          "{'embeddings':{'float':[#]}}",
          "{'predictions':[#]}",
          "{'texts':[#]}",
          "{'outputs':[#]}",
          "{'images':[#]}",
          "{'v':[#],'request_id':1}");

  private static final List<String> ELEMENTS =
      List.of(
          "1",
          "1.5",
          "''",
          "'a'",
          "'?'",
          "'AA'",
          "'AAAAAA=='",
          "[]",
          "[1]",
          "[1,2.5]",
          "['']",
          "[null]",
          "[[]]",
          "[[1]]",
          "{}",
          "null",
          "true",
          "NaN",
          "{'a':1}",
          "{'embedding':[]}",
          "{'embedding':[1]}",
          "{'embedding':''}",
          "{'embedding':'?'}",
          "{'embedding':[[]]}",
          "{'embedding':'__REDACTED__'}",
          "{'text':''}",
          "{'content':[{'text':''}]}");

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"OIP_BINARY", "OIP_PROTOBUF", "OPENINFERENCE"})
  void brokenSamplesAreReadOrRejected(Format format) {
    BodyReader reader = reader(format);
    List<byte[]> seeds = seeds(format);
    Random random = new Random(20_261_122);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] broken = mutated(seeds.get(i % seeds.size()), random);
      tryToRead(reader, broken);
      long bytes = AllocationMeter.bytesOf(() -> tryToRead(reader, broken));
      assertThat(bytes)
          .as("mutation %d of %s", i, format)
          .isLessThan((long) JsonTree.BYTES_PER_BYTE * broken.length + CONSTANT);
      FormatSniffer.sniff(Body.of(broken));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"OIP_BINARY", "OIP_PROTOBUF", "OPENINFERENCE"})
  void listsOfTinyElementsTakeABoundedMultipleOfTheBody(Format format) {
    BodyReader reader = reader(format);
    List<String> bodies = new ArrayList<>();
    for (String element : ELEMENTS) {
      WRAPPERS.forEach(wrapper -> bodies.add(wrapper.replace("#", repeated(element))));
      bodies.add("[" + repeated("1") + "," + element + "]");
    }
    for (String element : List.of("1", "null", "[1]", "true", "1e9")) {
      int count = count(element);
      String list = repeated(element);
      bodies.add(String.format(TENSOR, count / 2).replace("#", list));
      for (String datatype : List.of("FP32", "INT64", "BYTES")) {
        bodies.add(String.format(INPUT_TENSOR, datatype, count).replace("#", list));
      }
    }
    for (String text : bodies) {
      byte[] body = text.replace('\'', '"').getBytes(UTF_8);
      tryToRead(reader, body);
      long bytes = AllocationMeter.bytesOf(() -> tryToRead(reader, body));
      assertThat(bytes)
          .as("%s of %s", format, text.substring(0, 60))
          .isLessThan((long) JsonTree.BYTES_PER_BYTE * body.length + CONSTANT);
    }
  }

  private static void tryToRead(BodyReader reader, byte[] bytes) {
    try {
      assertThat(reader.read(Body.of(bytes))).isNotNull();
    } catch (RejectedBodyException e) {
      assertThat(e.rejection().detail().length()).isLessThan(2_000);
    }
  }

  private static BodyReader reader(Format format) {
    Map<Field, String> fields =
        format == Format.JSON_POINTER
            ? Map.of(
                Field.VECTOR, "/data/0/embedding", Field.INPUT, "/input", Field.TIME, "/created")
            : Map.of();
    return BodyReaders.of(
        format, new FormatOptions(Optional.empty(), Optional.empty(), fields), EventLimits.DEFAULT);
  }

  private static List<byte[]> seeds(Format format) {
    if (format == Format.NATIVE) {
      EmbeddingEvent event =
          EmbeddingEvent.of("m", "1", WireVector.of(new float[] {1, 2, 3}), new InputKey(1, 2));
      return List.of(EventCodec.encode(event));
    }
    List<byte[]> seeds = new ArrayList<>();
    for (String folder :
        List.of("openai-embeddings", "tei", "vllm", "oip-v2", "triton", "bentoml")) {
      for (String file : Samples.below(folder)) {
        byte[] seed = Samples.body(file).bytes();
        seeds.add(Arrays.copyOf(seed, Math.min(seed.length, 3_000)));
        seeds.add(seed);
      }
    }
    return seeds;
  }

  /** A few bytes flipped, inserted, deleted or doubled. */
  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed;
    for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(1 + random.nextInt(8), bytes.length - at);
      byte[] piece =
          switch (random.nextInt(4)) {
            case 0 -> new byte[] {(byte) (bytes[at] ^ (1 << random.nextInt(8)))};
            case 1 -> new byte[] {bytes[at], "[]{}\",:0-.en\\".getBytes(UTF_8)[random.nextInt(13)]};
            case 2 -> new byte[0];
            default -> Arrays.copyOfRange(bytes, Math.max(0, at - length), at + length);
          };
      int skip = piece.length == 0 ? length : 1;
      byte[] next = new byte[bytes.length - skip + piece.length];
      System.arraycopy(bytes, 0, next, 0, at);
      System.arraycopy(piece, 0, next, at, piece.length);
      System.arraycopy(bytes, at + skip, next, at + piece.length, bytes.length - at - skip);
      bytes = next.length == 0 ? seed : next;
    }
    return bytes;
  }

  private static int count(String element) {
    return 20_000 / (element.length() + 1) * 2;
  }

  private static String repeated(String element) {
    return IntStream.range(0, count(element))
        .mapToObj(i -> element)
        .collect(Collectors.joining(","));
  }
}
