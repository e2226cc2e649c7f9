package dev.parallax.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> WORDS = List.of("score", "topics", "doctor", "demo");

  @Test
  void findsTheWordWithFewestEdits() {
    assertThat(Nearest.to("scroe", WORDS)).contains("score");
    assertThat(Nearest.to("doktor", WORDS)).contains("doctor");
    assertThat(Nearest.to("dem", WORDS)).contains("demo");
    assertThat(Nearest.to("topic", WORDS)).contains("topics");
  }

  @Test
  void guessesNothingWhenNoWordIsNear() {
    assertThat(Nearest.to("baseline", WORDS)).isEmpty();
    assertThat(Nearest.to("x", WORDS)).isEmpty();
    assertThat(Nearest.hint("x", WORDS)).isEmpty();
  }
}
