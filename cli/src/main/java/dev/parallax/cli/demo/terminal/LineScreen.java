package dev.parallax.cli.demo.terminal;

import dev.parallax.cli.demo.view.DemoView;
import dev.parallax.cli.demo.view.EventTotals;
import dev.parallax.cli.demo.view.ModelView;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** A log: every step and note is a line, the state of things one line now and then. */
public final class LineScreen implements Screen {

  /** Time between two lines about the state of things. */
  static final Duration INTERVAL = Duration.ofSeconds(15);

  private final PrintStream out;
  private final Style style;
  private final LongSupplier nanoTime;
  private long lastStatus;

  /**
   * A screen on {@code out}.
   *
   * @param nanoTime reads {@link System#nanoTime()}
   */
  public LineScreen(PrintStream out, TerminalTraits traits, LongSupplier nanoTime) {
    this.out = out;
    this.style = new Style(traits);
    this.nanoTime = nanoTime;
    this.lastStatus = nanoTime.getAsLong();
  }

  @Override
  public void working(String what) {
    // a line would be out of date as soon as it is printed
  }

  @Override
  public synchronized void done(String what, Duration took) {
    print(style.done() + " " + what + "  " + Words.wall(took));
  }

  @Override
  public synchronized void note(String line) {
    print(line);
  }

  @Override
  public synchronized void update(DemoView view) {
    long now = nanoTime.getAsLong();
    if (now - lastStatus < INTERVAL.toNanos()) {
      return;
    }
    lastStatus = now;
    print(status(view));
  }

  private static String status(DemoView view) {
    EventTotals events = view.events();
    String models =
        view.models().stream().map(LineScreen::status).collect(Collectors.joining(", "));
    return "pane "
        + view.pane()
        + " of "
        + view.panes()
        + ": "
        + models
        + "; "
        + Words.count(events.produced())
        + " events published, "
        + Words.count(events.scored())
        + " scored, "
        + Words.count(events.rejected())
        + " rejected";
  }

  private static String status(ModelView model) {
    String cka = model.latest().map(score -> " CKA " + Words.ratio(score.cka())).orElse("");
    return model.model().name() + " " + model.verdict().label() + cka;
  }

  @Override
  public synchronized void finish(List<String> lines) {
    lines.forEach(this::print);
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
