package dev.parallax.benchmarks.chart;

/**
 * Colours that people who see colours differently can tell apart, after Okabe and Ito, on white.
 *
 * @see <a href="https://jfly.uni-koeln.de/color/">Okabe and Ito (2008)</a>
 */
public enum Ink {
  /** Text and axes. */
  BLACK("#222222"),
  /** What is less important than the data. */
  GREY("#767676"),
  /** Lines behind the data. */
  LIGHT("#dddddd"),
  /** The first series. */
  BLUE("#0072b2"),
  /** The second series. */
  VERMILION("#d55e00"),
  /** The third series. */
  GREEN("#009e73"),
  /** The background. */
  WHITE("#ffffff");

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  /** As SVG has it. */
  public String code() {
    return code;
  }
}
