package dev.parallax.core.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextFaultsTest {

  @Test
  void theFirstWordIsUnknown() {
    assertThat(BrokenTokenizer.seen("a crucial moment")).isEqualTo("[UNK] crucial moment");
    assertThat(BrokenTokenizer.seen("moment")).isEqualTo("[UNK]");
  }

  @Test
  void germanIsThereInTheOrderOfTheAlphabet() {
    assertThat(GermanPhrases.all())
        .hasSizeGreaterThan(1_500)
        .isSorted()
        .doesNotHaveDuplicates()
        .contains("Vereinigtes Königreich", "Mitteleuropäische Sommerzeit")
        .allSatisfy(phrase -> assertThat(phrase.length()).isGreaterThanOrEqualTo(6));
  }
}
