package dev.parallax.cli.demo.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void numbersAndTimesReadWell() {
    assertThat(Words.count(345_868)).isEqualTo("345,868");
    assertThat(Words.count(1, "pane")).isEqualTo("1 pane");
    assertThat(Words.count(2, "pane")).isEqualTo("2 panes");
    assertThat(Words.wall(Duration.ofMillis(2_140))).isEqualTo("2.1 s");
    assertThat(Words.wall(Duration.ofSeconds(189))).isEqualTo("3 min 9 s");
    assertThat(Words.hours(Duration.ofMinutes(185))).isEqualTo("3:05 h");
    assertThat(Words.clock(Instant.parse("2026-01-05T01:30:00Z"))).isEqualTo("01:30");
    assertThat(Words.ratio(OptionalDouble.of(0.98765))).isEqualTo("0.988");
    assertThat(Words.ratio(OptionalDouble.empty())).isEqualTo("-");
  }

  @Test
  void listsReadWell() {
    assertThat(Words.list(List.of())).isEmpty();
    assertThat(Words.list(List.of("a"))).isEqualTo("a");
    assertThat(Words.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
  }
}
