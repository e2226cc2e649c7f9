package dev.parallax.ingest.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.format.Side;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawEnvelopeTest {

  @Test
  void aRecordSaysNothingUnlessItIsToldWhere() throws RejectedBodyException {
    Opened.Message message =
        open(EnvelopeOptions.NONE, Records.of("body").key("k").with("id", "i"));

    assertThat(message.names()).isEqualTo(CallNames.NONE);
    assertThat(message.body().side()).isEmpty();
    assertThat(message.body().bytes()).isEqualTo(new byte[] {'b', 'o', 'd', 'y'});
  }

  @Test
  void theIdIsInTheHeaderOfThatName() throws RejectedBodyException {
    EnvelopeOptions options = new EnvelopeOptions(Optional.empty(), Optional.of("X-Id"), Map.of());

    assertThat(open(options, Records.of("x").with("x-ID", "i")).names().id()).contains("i");
    assertThat(open(options, Records.of("x")).names().id()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"asked, REQUEST", "answered, RESPONSE"})
  void theTopicTellsTheSideWhereOneHoldsTheRequests(String topic, Side side)
      throws RejectedBodyException {
    EnvelopeOptions options = new EnvelopeOptions(Optional.of("asked"), Optional.empty(), Map.of());

    assertThat(open(options, Records.of("x").topic(topic)).body().side()).contains(side);
  }

  @ParameterizedTest
  @CsvSource({
    "*,     anything, true",
    "a*c,   abc,      true",
    "a*c,   abcb,     false",
    "a*b*c, aXbXbc,   true",
    "abc,   abc,      true",
    "abc,   abcd,     false",
    "*.b*,  a.b,      true",
    "a**,   a,        true",
    "a.c,   abc,      false",
  })
  void aStarStandsForAnyCharacters(String pattern, String value, boolean matches)
      throws RejectedBodyException {
    EnvelopeOptions options =
        new EnvelopeOptions(Optional.empty(), Optional.empty(), Map.of("Kind", pattern));
    Opened opened =
        EnvelopeReaders.of(Envelope.RAW, options)
            .open(Records.of("x").with("kind", value).record());

    assertThat(opened instanceof Opened.Message).isEqualTo(matches);
  }

  @Test
  void anEmptyValueIsMalformed() {
    EnvelopeReader reader = EnvelopeReaders.of(Envelope.RAW, EnvelopeOptions.NONE);

    assertThat(Records.rejectionOf(reader, Records.of("").record()).reason())
        .isEqualTo(Reason.MALFORMED);
  }

  private static Opened.Message open(EnvelopeOptions options, Records record)
      throws RejectedBodyException {
    return (Opened.Message) EnvelopeReaders.of(Envelope.RAW, options).open(record.record());
  }
}
