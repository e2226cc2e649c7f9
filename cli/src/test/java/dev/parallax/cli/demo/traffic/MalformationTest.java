package dev.parallax.cli.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.EventValidator;
import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.embedding.WireVector;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MalformationTest {

  private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
  private static final EmbeddingEvent GOOD =
      new EmbeddingEvent(
          "search-embedder",
          "2.1.0",
          WireVector.of(new float[] {0.5f, -0.25f, 1, 2}),
          Optional.empty(),
          Optional.of("draw air into the lungs"),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          false);
  private static final Map<String, String> HEADERS =
      Map.of(
          EventHeaders.TIME,
          EventTime.format(NOW.toEpochMilli()),
          EventHeaders.TYPE,
          EventHeaders.TYPE_V1);

  @ParameterizedTest
  @EnumSource
  void isTurnedAwayForTheReasonItNames(Malformation malformation) {
    assertThat(
            reasonFor(malformation.headers(HEADERS, NOW.toEpochMilli()), malformation.value(GOOD)))
        .contains(malformation.reason());
  }

  @Test
  void theEventThatIsBrokenIsGood() {
    assertThat(reasonFor(HEADERS, EventCodec.encode(GOOD))).isEmpty();
  }

  /** What any reader of native events does, in the order of design and codec. */
  private static Optional<Reason> reasonFor(Map<String, String> headers, byte[] value) {
    String time = headers.get(EventHeaders.TIME);
    if (time == null) {
      return Optional.of(Reason.MISSING_FIELD);
    }
    if (!EventHeaders.TYPE_V1.equals(headers.get(EventHeaders.TYPE))) {
      return Optional.of(Reason.UNKNOWN_TYPE);
    }
    OptionalLong millis = EventTime.parse(time.getBytes(StandardCharsets.US_ASCII));
    if (millis.isEmpty()) {
      return Optional.of(Reason.TIMESTAMP);
    }
    Decoded decoded = new EventCodec(EventLimits.DEFAULT).decode(value);
    if (decoded instanceof Decoded.Rejected rejected) {
      return Optional.of(rejected.rejection().reason());
    }
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new EventValidator(EventLimits.DEFAULT, clock)
        .check(((Decoded.Accepted) decoded).event(), millis.getAsLong())
        .map(Rejection::reason);
  }
}
