package dev.parallax.core.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.embedding.EmbeddingEvent.InputTensor;
import dev.parallax.core.embedding.Rejection.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventValidatorTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final long NOW_MILLIS = NOW.toEpochMilli();
  private static final EventLimits LIMITS =
      EventLimits.DEFAULT.withTimeSpan(Duration.ofMinutes(5), Duration.ofDays(7));
  private static final EventValidator VALIDATOR =
      new EventValidator(LIMITS, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void aSoundEventPasses() {
    assertThat(VALIDATOR.check(Events.full(), NOW_MILLIS)).isEmpty();
    assertThat(VALIDATOR.check(Events.small(), NOW_MILLIS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aVectorMustBeFinite(float value) {
    WireVector vector = WireVector.of(new float[] {1, value, 1});

    assertRejected(with(vector), NOW_MILLIS, Reason.NOT_FINITE, "vector[1] is " + value);
    assertRejected(
        Events.small().withReference("r", vector),
        NOW_MILLIS,
        Reason.NOT_FINITE,
        "reference_vector[1]");
    assertRejected(withTensor(vector), NOW_MILLIS, Reason.NOT_FINITE, "input_tensor[1]");
  }

  @Test
  void aVectorMustHaveADirection() {
    WireVector zero = WireVector.of(new float[] {0, -0f, 0});

    assertRejected(with(zero), NOW_MILLIS, Reason.ZERO_NORM, "vector: all 3");
    assertRejected(
        Events.small().withReference("r", zero), NOW_MILLIS, Reason.ZERO_NORM, "reference_vector");
  }

  @Test
  void bytesThatAllScaleToZeroHaveNoDirection() {
    WireVector unscaled = new WireVector(new byte[] {1, 2, 3}, Dtype.I8, 3, 0f, 0);

    assertRejected(with(unscaled), NOW_MILLIS, Reason.ZERO_NORM, "vector");
  }

  @Test
  void anInputMayBeAllZeros() {
    assertThat(VALIDATOR.check(withTensor(WireVector.of(new float[3])), NOW_MILLIS)).isEmpty();
  }

  @ParameterizedTest(name = "{0} ms from the clock")
  @CsvSource({"0", "300000", "-604800000", "-1"})
  void anEventNearTheClockPasses(long offset) {
    assertThat(VALIDATOR.check(Events.small(), NOW_MILLIS + offset)).isEmpty();
  }

  @ParameterizedTest(name = "at {0}")
  @ValueSource(longs = {0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1_795_342_530_000L})
  void anEventFarFromTheClockIsRejected(long time) {
    assertRejected(Events.small(), time, Reason.TIMESTAMP, "over PT");
  }

  @Test
  void oneMillisecondOverTheSpanIsRejected() {
    assertRejected(
        Events.small(), NOW_MILLIS + 300_001, Reason.TIMESTAMP, "2026-11-22T10:20:30.001Z");
    assertRejected(Events.small(), NOW_MILLIS - 604_800_001, Reason.TIMESTAMP, "behind");
  }

  @Test
  void aSpanWithoutMeasureIsRefused() {
    assertThatThrownBy(() -> LIMITS.withTimeSpan(Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("limits.maxAhead=PT");
    assertThatThrownBy(() -> LIMITS.withTimeSpan(Duration.ofDays(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limits.maxBehind=PT0S: expected PT0.001S to PT8766000H");
  }

  @Test
  void thereMustBeAnInputToJoinOn() {
    EmbeddingEvent small = Events.small();
    EmbeddingEvent bare =
        new EmbeddingEvent(
            "m",
            "1",
            small.vector(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            false);

    assertRejected(bare, NOW_MILLIS, Reason.MISSING_INPUT, "expected input_key or input_text");
    assertThat(VALIDATOR.check(bare.withInputText("x"), NOW_MILLIS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a|b, 1, model: character U+007C at 1",
    "m, 1|2, model_version: character U+007C",
    "m, 1/2, model_version: character U+002F at 1",
    "'m\n', 1, model: character U+000A at 1"
  })
  void namesMustKeepSeriesApart(String model, String version, String detail) {
    EmbeddingEvent event =
        EmbeddingEvent.of(model, version, WireVector.of(new float[] {1}), new InputKey(1, 2));

    assertRejected(event, NOW_MILLIS, Reason.MALFORMED, detail);
  }

  @Test
  void aModelsNameMayHoldSlashes() {
    EmbeddingEvent event =
        EmbeddingEvent.of("org/model", "1", WireVector.of(new float[] {1}), new InputKey(1, 2));

    assertThat(VALIDATOR.check(event, NOW_MILLIS)).isEmpty();
    assertThat(EventHeaders.Subject.parse("org/model/1"))
        .contains(new EventHeaders.Subject("org/model", "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model|1/2", "model/1|2", "|/1"})
  void aSubjectMayNotHoldTheSeparatorOfSeriesKeys(String text) {
    assertThat(EventHeaders.Subject.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "model", "/1", "model/"})
  void aSubjectNeedsBothParts(String text) {
    assertThat(EventHeaders.Subject.parse(text)).isEmpty();
  }

  private static EmbeddingEvent with(WireVector vector) {
    return EmbeddingEvent.of("m", "1", vector, new InputKey(1, 2));
  }

  private static EmbeddingEvent withTensor(WireVector vector) {
    EmbeddingEvent small = Events.small();
    return new EmbeddingEvent(
        "m",
        "1",
        small.vector(),
        small.inputKey(),
        Optional.empty(),
        Optional.of(new InputTensor(vector, List.of(vector.dimension()))),
        Optional.empty(),
        Map.of(),
        false);
  }

  private static void assertRejected(
      EmbeddingEvent event, long time, Reason reason, String detail) {
    assertThat(VALIDATOR.check(event, time)).isPresent();
    assertThat(VALIDATOR.check(event, time).orElseThrow().reason()).isEqualTo(reason);
    assertThat(VALIDATOR.check(event, time).orElseThrow().detail()).contains(detail);
  }
}
