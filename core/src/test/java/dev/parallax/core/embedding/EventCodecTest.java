package dev.parallax.core.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventCodecTest {

  private static final EventLimits LIMITS =
      new EventLimits(4096, 64, 100, 3, 20, Duration.ofMinutes(5), Duration.ofDays(7));
  private static final EventCodec CODEC = new EventCodec(LIMITS);

  @Test
  void theBytesOfVersionOneAreReadAndWrittenAsEver() throws IOException {
    byte[] golden = golden();

    EmbeddingEvent event = accepted(golden);

    assertThat(event.model()).isEqualTo("search/embedder");
    assertThat(event.modelVersion()).isEqualTo("2026-11");
    assertThat(event.vector().toFloats()).containsExactly(0.25f, -1.5f, Float.MIN_VALUE, 3.4e38f);
    assertThat(event.inputKey()).contains(new InputKey(0x0123456789abcdefL, 0xfedcba9876543210L));
    assertThat(event.inputText()).contains("Grüße aus 東京 🚄");
    assertThat(event.inputTensor().orElseThrow().shape()).containsExactly(2, 3);
    assertThat(event.inputTensor().orElseThrow().vector().toFloats())
        .containsExactly(2f, 1f, 65f, -62.5f, 1.5f, 4f);
    assertThat(event.reference().orElseThrow().referenceId()).isEqualTo("minilm-v1");
    assertThat(event.reference().orElseThrow().vector().toFloats()).containsExactly(1f, -2f);
    assertThat(event.attributes())
        .isEqualTo(Map.of("region", "eu-west", "tenant", "größe", "empty", ""));
    assertThat(event.probe()).isTrue();
    assertThat(EventCodec.encode(event)).isEqualTo(golden);
    assertThat(EventCodec.encode(Events.full())).isEqualTo(golden);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void whatWasWrittenIsReadBack(long seed) {
    Random random = new Random(seed);
    EventCodec codec = new EventCodec(EventLimits.DEFAULT);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = EventCodec.encode(Events.random(random));

      assertThat(codec.decode(bytes)).isInstanceOf(Decoded.Accepted.class);
      assertThat(EventCodec.encode(((Decoded.Accepted) codec.decode(bytes)).event()))
          .isEqualTo(bytes);
    }
  }

  @Test
  void equalEventsHaveEqualBytesWhateverTheOrderOfTheirAttributes() {
    EmbeddingEvent event = Events.full();
    byte[] bytes = EventCodec.encode(event);

    for (int i = 0; i < 10; i++) {
      Map<String, String> reordered = new LinkedHashMap<>();
      event.attributes().keySet().stream()
          .sorted(Comparator.reverseOrder())
          .forEach(name -> reordered.put(name, event.attributes().get(name)));
      assertThat(EventCodec.encode(withAttributes(event, reordered))).isEqualTo(bytes);
    }
  }

  @Test
  void fieldsOfALaterVersionAreSkipped() {
    byte[] later =
        new ProtoWriter(16).uint32(100, 7).string(101, "new").float32(102, 1.5f).toBytes();

    EmbeddingEvent event = accepted(concat(later, EventCodec.encode(Events.full()), later));

    assertThat(EventCodec.encode(event)).isEqualTo(EventCodec.encode(Events.full()));
  }

  @Test
  void fieldsMayComeInAnyOrder() {
    byte[] bytes =
        new ProtoWriter(64)
            .string(5, "1")
            .string(4, "m")
            .uint32(3, 1)
            .bytes(1, new byte[] {0, 0, (byte) 0x80, 0x3f})
            .toBytes();

    assertThat(accepted(bytes).vector().toFloats()).containsExactly(1f);
  }

  @Test
  void ofAFieldGivenTwiceTheLastCounts() {
    byte[] bytes =
        concat(EventCodec.encode(Events.small()), new ProtoWriter(9).string(4, "n").toBytes());

    assertThat(accepted(bytes).model()).isEqualTo("n");
  }

  @Test
  void anEmptyTextIsStillAText() {
    EmbeddingEvent event = Events.small().withInputText("");

    assertThat(accepted(EventCodec.encode(event)).inputText()).isEqualTo(Optional.of(""));
  }

  @Test
  void noValueIsMalformed() {
    assertRejected(null, Reason.MALFORMED, "no value");
    assertRejected(new byte[0], Reason.MALFORMED, "no value");
  }

  @Test
  void textThatIsNotUtf8IsMalformed() {
    assertRejected(
        append(new ProtoWriter(9).bytes(4, new byte[] {(byte) 0xc3, 0x28})),
        Reason.MALFORMED,
        "model: not UTF-8");
  }

  @Test
  void aFieldOfAnotherWireTypeIsMalformed() {
    assertRejected(append(new ProtoWriter(9).uint32(4, 5)), Reason.MALFORMED, "model: expected");
  }

  @Test
  void anInputKeyOfAnotherLengthIsMalformed() {
    assertRejected(
        append(new ProtoWriter(9).bytes(6, new byte[15])), Reason.MALFORMED, "input_key");
  }

  @Test
  void modelAndVersionMustBeThere() {
    byte[] vector = new ProtoWriter(64).bytes(1, new byte[4]).uint32(3, 1).toBytes();

    assertRejected(vector, Reason.MISSING_FIELD, "model");
    assertRejected(
        concat(vector, new ProtoWriter(9).string(4, "m").toBytes()),
        Reason.MISSING_FIELD,
        "model_version");
  }

  @Test
  void theVectorMustBeThere() {
    assertRejected(
        new ProtoWriter(64).string(4, "m").string(5, "1").uint32(3, 4).toBytes(),
        Reason.MISSING_FIELD,
        "vector");
  }

  @Test
  void anUnknownNumberFormatIsRejected() {
    assertRejected(append(new ProtoWriter(9).uint32(2, 4)), Reason.UNKNOWN_DTYPE, "dtype 4");
  }

  @Test
  void theBytesMustMakeUpTheDeclaredDimension() {
    assertRejected(append(new ProtoWriter(9).uint32(3, 4)), Reason.DIMENSION_MISMATCH, "vector");
    assertRejected(append(new ProtoWriter(9).uint32(2, 1)), Reason.DIMENSION_MISMATCH, "vector");
  }

  @Test
  void aShapeThatDoesNotMakeUpTheTensorIsRejected() {
    byte[] tensor =
        new ProtoWriter(64)
            .bytes(1, new byte[8])
            .bytes(3, new ProtoWriter(9).packed(3).packed(0x7fffffff).toBytes())
            .toBytes();

    assertRejected(append(new ProtoWriter(64).bytes(8, tensor)), Reason.TOO_LARGE, "input_tensor");
  }

  @Test
  void aShapeMayAlsoComeUnpacked() {
    byte[] tensor = new ProtoWriter(64).bytes(1, new byte[8]).uint32(3, 2).uint32(3, 1).toBytes();

    EmbeddingEvent event = accepted(append(new ProtoWriter(64).bytes(8, tensor)));

    assertThat(event.inputTensor().orElseThrow().shape()).containsExactly(2, 1);
  }

  @Test
  void whatIsOverALimitIsTooLarge() {
    EmbeddingEvent small = Events.small();

    assertRejected(new byte[4097], Reason.TOO_LARGE, "4097 bytes");
    assertRejected(
        EventCodec.encode(small.withReference("r", WireVector.of(new float[65]))),
        Reason.TOO_LARGE,
        "65 elements");
    assertRejected(
        EventCodec.encode(small.withInputText("ü".repeat(51))), Reason.TOO_LARGE, "102 bytes");
    assertRejected(
        EventCodec.encode(withAttributes(small, Map.of("a", "", "b", "", "c", "", "d", ""))),
        Reason.TOO_LARGE,
        "more than 3 attributes");
    assertRejected(
        EventCodec.encode(withAttributes(small, Map.of("a", "ü".repeat(11)))),
        Reason.TOO_LARGE,
        "22 bytes");
    assertRejected(
        append(new ProtoWriter(64).string(4, "m".repeat(21))), Reason.TOO_LARGE, "model of 21");
  }

  @Test
  void whatIsJustAtALimitIsTaken() {
    EmbeddingEvent event =
        withAttributes(
            Events.small()
                .withReference("r".repeat(20), WireVector.of(new float[64]))
                .withInputText("ü".repeat(50)),
            Map.of("a", "ü".repeat(10), "b", "", "c", ""));

    accepted(EventCodec.encode(event));
  }

  private static byte[] append(ProtoWriter fields) {
    return concat(EventCodec.encode(Events.small()), fields.toBytes());
  }

  private static EmbeddingEvent accepted(byte[] bytes) {
    assertThat(CODEC.decode(bytes)).isInstanceOf(Decoded.Accepted.class);
    return ((Decoded.Accepted) CODEC.decode(bytes)).event();
  }

  private static void assertRejected(byte[] bytes, Reason reason, String detail) {
    assertThat(CODEC.decode(bytes)).isInstanceOf(Decoded.Rejected.class);
    Rejection rejection = ((Decoded.Rejected) CODEC.decode(bytes)).rejection();
    assertThat(rejection.reason()).isEqualTo(reason);
    assertThat(rejection.detail()).contains(detail);
  }

  private static EmbeddingEvent withAttributes(EmbeddingEvent e, Map<String, String> attributes) {
    return new EmbeddingEvent(
        e.model(),
        e.modelVersion(),
        e.vector(),
        e.inputKey(),
        e.inputText(),
        e.inputTensor(),
        e.reference(),
        attributes,
        e.probe());
  }

  private static byte[] concat(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int position = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, position, part.length);
      position += part.length;
    }
    return all;
  }

  private static byte[] golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            EventCodecTest.class.getResourceAsStream("/golden/embedding-event-v1.bin"))) {
      return in.readAllBytes();
    }
  }
}
