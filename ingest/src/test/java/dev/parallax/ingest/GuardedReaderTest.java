package dev.parallax.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.Format;
import org.junit.jupiter.api.Test;

final class GuardedReaderTest {

  @Test
  void aDefectOfAReaderIsARejectionThatDoesNotQuoteTheBody() {
    GuardedReader reader =
        new GuardedReader(
            Format.TEI,
            body -> {
              throw new IllegalStateException("the secret text");
            });

    assertThatThrownBy(() -> reader.read(Body.of(new byte[1])))
        .hasMessage("the reader of tei failed: IllegalStateException");
  }
}
