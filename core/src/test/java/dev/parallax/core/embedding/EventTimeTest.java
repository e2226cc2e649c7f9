package dev.parallax.core.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTimeTest {

  private static final long YEAR_0 = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
  private static final long YEAR_9999 = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  @Test
  void theFormIsAlwaysOfTheSameWidth() {
    assertThat(EventTime.format(0)).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(EventTime.format(-1)).isEqualTo("1969-12-31T23:59:59.999Z");
    assertThat(EventTime.format(1_795_342_530_120L)).isEqualTo("2026-11-22T10:15:30.120Z");
    assertThat(EventTime.format(YEAR_0)).isEqualTo("0000-01-01T00:00:00.000Z");
    assertThat(EventTime.format(YEAR_9999)).isEqualTo("9999-12-31T23:59:59.999Z");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anyInstantIsReadBackAsItWasWritten(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      long millis = YEAR_0 + (long) (random.nextDouble() * (YEAR_9999 - YEAR_0));
      String text = EventTime.format(millis);

      assertThat(text).hasSize(24);
      assertThat(parse(text)).hasValue(millis);
      assertThat(Instant.parse(text).toEpochMilli()).isEqualTo(millis);
    }
  }

  @Test
  void everyDayOfFourCenturiesIsRead() {
    for (LocalDate day = LocalDate.of(1899, 12, 31); day.getYear() < 2301; day = day.plusDays(1)) {
      long millis = day.toEpochDay() * 86_400_000L + 86_399_999;

      assertThat(parse(day + "T23:59:59.999Z")).hasValue(millis);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void offsetsAndFractionsAreReadAsJavaTimeReadsThem(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      OffsetDateTime time =
          Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))
              .atOffset(ZoneOffset.ofTotalSeconds(60 * (random.nextInt(36 * 60) - 18 * 60)));
      String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);

      assertThat(parse(text)).as(text).hasValue(time.toInstant().toEpochMilli());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T00:00:00.000Z, 2024-02-29T00:00:00Z",
    "2026-11-22T10:15:30Z, 2026-11-22T10:15:30Z",
    "2026-11-22t10:15:30.5z, 2026-11-22T10:15:30.5Z",
    "2026-11-22T10:15:30.123456789Z, 2026-11-22T10:15:30.123Z",
    "2026-11-22T10:15:30.1239-05:00, 2026-11-22T15:15:30.123Z",
    "1969-12-31T23:59:59.9999Z, 1969-12-31T23:59:59.999Z",
    "2026-03-01T00:30:00+01:00, 2026-02-28T23:30:00Z"
  })
  void rfc3339IsRead(String text, Instant instant) {
    assertThat(parse(text)).hasValue(instant.toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026",
        "2026-11-22",
        "2026-11-22T10:15:30.123",
        "2026-11-22 10:15:30.123Z",
        "2026-13-01T00:00:00.000Z",
        "2026-00-01T00:00:00.000Z",
        "2026-02-29T00:00:00.000Z",
        "1900-02-29T00:00:00.000Z",
        "2026-04-31T00:00:00.000Z",
        "2026-11-00T00:00:00.000Z",
        "2026-11-22T24:00:00.000Z",
        "2026-11-22T10:60:00.000Z",
        "2026-11-22T10:15:60.000Z",
        "2026-11-22T10:15:3x.000Z",
        "2026-11-22T10:15:30.-12Z",
        "2026-11-22T10:15:30,123Z",
        "+12026-11-22T10:15:30.123Z",
        "-2026-11-22T10:15:30.123Z",
        "+999999999-12-31T23:59:59Z",
        "2026-11-22T10:15:30.12\u0663Z",
        "2026-11-22T10:15:30.0000000000000000000000000000000000000000000000000000Z"
      })
  void anythingElseIsNot(String text) {
    assertThat(parse(text)).isEmpty();
  }

  @Test
  void noBytesThrow() {
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = "2026-11-22T10:15:30.123Z".getBytes(StandardCharsets.US_ASCII);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);

      OptionalLong ours = EventTime.parse(bytes);

      ours.ifPresent(millis -> assertThat(millis).isBetween(YEAR_0, YEAR_9999));
    }
  }

  private static OptionalLong parse(String text) {
    return EventTime.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
