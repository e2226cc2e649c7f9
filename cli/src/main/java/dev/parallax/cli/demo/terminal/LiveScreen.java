package dev.parallax.cli.demo.terminal;

import dev.parallax.cli.demo.view.DemoView;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * A terminal that a person looks at: steps and notes scroll, the state of things is drawn again in
 * place below them.
 */
public final class LiveScreen implements Screen {

  private static final String TO_START_OF_LINES_ABOVE = "\u001b[%dF";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final TerminalTraits traits;
  private final Style style;
  private final FleetTable table;
  private List<String> drawn = List.of();

  /** A screen on {@code out}. */
  public LiveScreen(PrintStream out, TerminalTraits traits) {
    this.out = out;
    this.traits = traits;
    this.style = new Style(traits);
    this.table = new FleetTable(traits);
  }

  @Override
  public synchronized void working(String what) {
    draw("", List.of(style.dim(fit("  " + what + " ..."))));
  }

  @Override
  public synchronized void done(String what, Duration took) {
    List<String> below = isTable() ? drawn : List.of();
    draw(" " + style.done() + " " + what + style.dim("  " + Words.wall(took)), below);
  }

  @Override
  public synchronized void note(String line) {
    draw(line, isTable() ? drawn : List.of());
  }

  @Override
  public synchronized void update(DemoView view) {
    draw("", table.render(view));
  }

  @Override
  public synchronized void finish(List<String> lines) {
    draw("", isTable() ? drawn : List.of());
    lines.forEach(out::println);
    out.flush();
    drawn = List.of();
  }

  private boolean isTable() {
    return drawn.size() > 1;
  }

  /** Replaces what was drawn by a line that stays, if there is one, and what is drawn now. */
  private void draw(String staying, List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (!drawn.isEmpty()) {
      text.append(String.format(TO_START_OF_LINES_ABOVE, drawn.size())).append(CLEAR_BELOW);
    }
    if (!staying.isEmpty()) {
      text.append(staying).append(System.lineSeparator());
    }
    lines.forEach(line -> text.append(line).append(System.lineSeparator()));
    out.print(text);
    out.flush();
    drawn = lines;
  }

  private String fit(String line) {
    return line.length() > traits.width() ? line.substring(0, traits.width()) : line;
  }
}
