package dev.parallax.benchmarks.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.benchmarks.chart.Svg.Anchor;
import dev.parallax.benchmarks.chart.Svg.Mark;
import dev.parallax.benchmarks.chart.Svg.Point;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SvgTest {

  @Test
  void aDrawingIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    String here = drawing();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(drawing()).isEqualTo(here).contains("cx=\"1.3\" cy=\"2\"");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String drawing() {
    return new Svg(10, 10, "title")
        .mark(Mark.CIRCLE, new Point(1.26, 2), Ink.BLUE)
        .line(new Point(0, 0), new Point(0.5, 1), Ink.GREY)
        .toString();
  }

  @Test
  void markupInTextsIsText() {
    assertThat(
            new Svg(10, 10, "a & b")
                .text("p < 0.05", new Point(0, 0), Anchor.START, Ink.BLACK)
                .toString())
        .contains("<title>a &amp; b</title>")
        .contains(">p &lt; 0.05</text>");
  }

  @Test
  void aScaleIsLinearAndMayRunDownwards() {
    Scale scale = new Scale(0, 10, 100, 0);

    assertThat(scale.at(0)).isEqualTo(100);
    assertThat(scale.at(2.5)).isEqualTo(75);
    assertThat(scale.at(12)).isEqualTo(-20);
  }
}
