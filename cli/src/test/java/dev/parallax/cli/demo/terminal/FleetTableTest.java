package dev.parallax.cli.demo.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTableTest {

  private static final String ESCAPE = "\u001b";

  private static List<String> render(boolean colour, boolean unicode, int width) {
    return new FleetTable(new TerminalTraits(true, colour, unicode, width))
        .render(Views.complete());
  }

  @Test
  void aWideTerminalShowsEverything() {
    assertThat(render(false, true, 160))
        .containsExactly(
            "",
            "0:42 h of 3:00 h event time · pane 43 of 180 · 60x",
            "model                  encoder         pairs    CKA  95% interval    residual     evidence"
                + "  verdict   CKA so far",
            "search-embedder/2.1.0  minilm int8     7,680  0.990  0.980 to 1.000     1.25x  -0.5 of 3.0"
                + "  healthy   ████████████████████████",
            "support-router/1.4.2   bge-small int8  7,680  0.390  0.380 to 0.400     1.25x  -0.5 of 3.0"
                + "  diverged  ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▄",
            "product-matcher/3.0.1  e5-small int8       -      -  -                      -            -"
                + "  warming",
            "12,345 events published, 10 rejected, 8,000 scored, 4,300 sampled out, 30 duplicate,"
                + " 5 late",
            "status page http://127.0.0.1:8080");
  }

  @Test
  void aNarrowTerminalKeepsWhatMatters() {
    assertThat(render(false, true, 56).get(2))
        .isEqualTo("model                    CKA  residual  verdict");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 56, 80, 100, 120, 200})
  void noLineIsWiderThanTheTerminal(int width) {
    assertThat(render(false, true, width))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    assertThat(render(true, true, width))
        .allSatisfy(
            line ->
                assertThat(line.replaceAll(ESCAPE + "\\[[0-9;]*m", "").length())
                    .isLessThanOrEqualTo(width));
  }

  @Test
  void verdictsAreColouredOnlyWhereColoursAreWanted() {
    assertThat(render(true, true, 120)).anyMatch(line -> line.contains(ESCAPE + "[1;31mdiverged"));
    assertThat(render(true, true, 120)).anyMatch(line -> line.contains(ESCAPE + "[32mhealthy"));
    assertThat(render(false, true, 120)).noneMatch(line -> line.contains(ESCAPE));
  }

  @Test
  void aTerminalOfAsciiGetsAscii() {
    assertThat(render(false, false, 160))
        .allSatisfy(line -> assertThat(line.chars().allMatch(c -> c < 128)).isTrue());
  }

  @Test
  void embeddingsShowUntilTheyAreAllThere() {
    List<String> lines =
        new FleetTable(new TerminalTraits(true, false, true, 100)).render(Views.embedding(3_000));

    assertThat(lines).contains("embedding the texts █████░░░░░░░░░░░░░░░ 3,000 of 12,000");
    assertThat(render(false, true, 100)).noneMatch(line -> line.startsWith("embedding"));
  }
}
