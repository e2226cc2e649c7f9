package dev.parallax.cli.demo.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTraitsTest {

  private static TerminalTraits detect(Map<String, String> environment, boolean interactive) {
    return TerminalTraits.detect(environment, interactive, StandardCharsets.UTF_8);
  }

  @Test
  void aPersonAtATerminalGetsColoursAndLiveLines() {
    assertThat(detect(Map.of("TERM", "xterm-256color", "COLUMNS", "132"), true))
        .isEqualTo(new TerminalTraits(true, true, true, 132));
  }

  @Test
  void noColourIsWantedOrNoneIsThere() {
    assertThat(detect(Map.of("TERM", "xterm", "NO_COLOR", "1"), true))
        .isEqualTo(new TerminalTraits(true, false, true, 100));
    assertThat(detect(Map.of("TERM", "dumb"), true).live()).isFalse();
    assertThat(detect(Map.of(), true).live()).isFalse();
    assertThat(detect(Map.of("TERM", "xterm"), false))
        .isEqualTo(new TerminalTraits(false, false, true, 100));
  }

  @Test
  void theWidthIsNeverTooSmallToUse() {
    assertThat(detect(Map.of("COLUMNS", "3"), true).width()).isEqualTo(40);
    assertThat(detect(Map.of("COLUMNS", "wide"), true).width()).isEqualTo(100);
  }

  @Test
  void symbolsNeedAnEncodingThatHasThem() {
    assertThat(TerminalTraits.detect(Map.of(), true, StandardCharsets.US_ASCII).unicode())
        .isFalse();
  }
}
