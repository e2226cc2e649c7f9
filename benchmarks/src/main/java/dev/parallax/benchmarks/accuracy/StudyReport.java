package dev.parallax.benchmarks.accuracy;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a study found: Markdown as it goes, and the claims of the documentation that failed. */
public final class StudyReport {

  private final PrintStream out;
  private final List<String> broken = new ArrayList<>();
  private int claims;

  /** A report that is written to {@code out}. */
  public StudyReport(PrintStream out) {
    this.out = out;
  }

  /** A heading above a table. */
  public void heading(String text) {
    out.printf("%n### %s%n%n", text);
  }

  /** A paragraph. */
  public void paragraph(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n%n", values);
  }

  /** The first row of a table and the rule below it. */
  public void columns(String... names) {
    row((Object[]) names);
    out.println("|" + "---|".repeat(names.length));
  }

  /** One row of a table. */
  public void row(Object... cells) {
    StringBuilder line = new StringBuilder("|");
    for (Object cell : cells) {
      line.append(' ').append(cell).append(" |");
    }
    out.println(line);
  }

  /** A number for a cell. */
  public static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** Notes whether a claim of the documentation holds. */
  public void claim(boolean holds, String format, Object... values) {
    claims++;
    if (!holds) {
      broken.add(String.format(Locale.ROOT, format, values));
    }
  }

  /** Number of claims that were looked at. */
  public int claims() {
    return claims;
  }

  /** Those that do not hold, with what was found instead. */
  public List<String> broken() {
    return List.copyOf(broken);
  }
}
