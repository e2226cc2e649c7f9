package dev.parallax.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.EventLimits;
import dev.parallax.ingest.format.FormatOptions.Field;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class BodyReadersTest {

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"OIP_BINARY", "OIP_PROTOBUF", "OPENINFERENCE"})
  void everyFormatHasAReaderThatRejectsAnEmptyBody(Format format) {
    FormatOptions options =
        new FormatOptions(Optional.empty(), Optional.empty(), Map.of(Field.VECTOR, "/v"));

    BodyReader reader = BodyReaders.of(format, options, EventLimits.DEFAULT);

    assertThat(Payloads.rejection(reader, Body.of(new byte[0])).detail()).isNotBlank();
  }
}
