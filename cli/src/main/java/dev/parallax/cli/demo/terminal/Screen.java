package dev.parallax.cli.demo.terminal;

import dev.parallax.cli.demo.view.DemoView;
import java.time.Duration;
import java.util.List;

/** Where the demo says what it does. Thread-safe. */
public interface Screen {

  /** Says what is going on, until the next call of any kind; a screen of lines leaves it out. */
  void working(String what);

  /** A step of the start is done. */
  void done(String what, Duration took);

  /** Something happened that is worth a line of its own. */
  void note(String line);

  /** The state of things; a screen of lines prints it now and then. */
  void update(DemoView view);

  /** The last lines; the newest state stays above them. */
  void finish(List<String> lines);
}
