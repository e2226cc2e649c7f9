package dev.parallax.cli.demo.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private static final String UP_AND_CLEAR = "\u001b[%dF\u001b[J";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final TerminalTraits traits = new TerminalTraits(true, false, true, 100);

  private String printed() {
    String text = bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    bytes.reset();
    return text;
  }

  @Test
  void aLiveScreenReplacesWhatIsGoingOnByWhatIsDone() {
    Screen screen = new LiveScreen(out, traits);

    screen.working("starting a broker");
    assertThat(printed()).isEqualTo("  starting a broker ...\n");
    screen.done("a broker", Duration.ofMillis(2_140));
    assertThat(printed()).isEqualTo(String.format(UP_AND_CLEAR, 1) + " ✓ a broker  2.1 s\n");
  }

  @Test
  void aLiveScreenDrawsTheTableAgainInPlaceBelowItsNotes() {
    Screen screen = new LiveScreen(out, traits);

    screen.update(Views.complete());
    String table = printed();
    int lines = (int) table.lines().count();
    assertThat(table).contains("support-router/1.4.2").doesNotContain("\u001b");
    screen.update(Views.complete());
    assertThat(printed()).isEqualTo(String.format(UP_AND_CLEAR, lines) + table);
    screen.note("support-router is broken now");
    assertThat(printed())
        .isEqualTo(String.format(UP_AND_CLEAR, lines) + "support-router is broken now\n" + table);
    screen.finish(List.of("the end"));
    assertThat(printed()).isEqualTo(String.format(UP_AND_CLEAR, lines) + table + "the end\n");
  }

  @Test
  void aScreenOfLinesPrintsEveryStepAndNoteAndTheStateNowAndThen() {
    AtomicLong nanos = new AtomicLong(-5);
    Screen screen = new LineScreen(out, traits, nanos::get);

    screen.working("starting a broker");
    screen.done("a broker", Duration.ofMillis(2_140));
    screen.update(Views.complete());
    screen.note("support-router is broken now");
    assertThat(printed()).isEqualTo("✓ a broker  2.1 s\nsupport-router is broken now\n");

    nanos.addAndGet(LineScreen.INTERVAL.toNanos());
    screen.update(Views.complete());
    screen.update(Views.complete());
    screen.finish(List.of("the end"));
    assertThat(printed())
        .isEqualTo(
            "pane 43 of 180: search-embedder healthy CKA 0.990, support-router diverged CKA 0.390,"
                + " product-matcher warming; 12,345 events published, 8,000 scored, 10 rejected\n"
                + "the end\n");
  }
}
