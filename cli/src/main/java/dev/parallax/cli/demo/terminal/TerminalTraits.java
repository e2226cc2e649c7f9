package dev.parallax.cli.demo.terminal;

import java.nio.charset.Charset;
import java.util.Map;

/**
 * What the terminal can do.
 *
 * @param live whether lines can be drawn again in place
 * @param colour whether to use colours
 * @param unicode whether characters beyond ASCII can be shown
 * @param width columns
 */
public record TerminalTraits(boolean live, boolean colour, boolean unicode, int width) {

  private static final int DEFAULT_WIDTH = 100;
  private static final int MIN_WIDTH = 40;

  /**
   * Reads them from the environment: {@code NO_COLOR}, {@code TERM} and {@code COLUMNS}.
   *
   * @param interactive whether a person looks at the output, not a file or another program
   * @param charset encoding of the output
   * @see <a href="https://no-color.org/">no-color.org</a>
   */
  public static TerminalTraits detect(
      Map<String, String> environment, boolean interactive, Charset charset) {
    boolean live = interactive && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean unicode = charset.newEncoder().canEncode("✓·±█▁");
    return new TerminalTraits(live, colour, unicode, width(environment));
  }

  private static int width(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[0-9]{1,4}")
        ? Math.max(Integer.parseInt(columns), MIN_WIDTH)
        : DEFAULT_WIDTH;
  }
}
