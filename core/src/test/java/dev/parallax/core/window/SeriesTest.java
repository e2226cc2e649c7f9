package dev.parallax.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeriesTest {

  @Test
  void theKeyNamesModelVersionReferenceAndSlice() {
    assertThat(Series.of("a/b", "2", "minilm").key()).isEqualTo("a/b|2|minilm|");
    assertThat(new Series("a", "2", "minilm", "lang=en").key()).isEqualTo("a|2|minilm|lang=en");
  }

  @Test
  void seriesAreOrderedByKey() {
    Series first = Series.of("a", "1", "r");
    Series second = Series.of("a", "1", "s");
    Series third = Series.of("b", "0", "r");

    assertThat(Stream.of(third, first, second).sorted()).containsExactly(first, second, third);
    assertThat(first).isEqualByComparingTo(Series.of("a", "1", "r"));
  }
}
