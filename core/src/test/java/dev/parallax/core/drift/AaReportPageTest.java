package dev.parallax.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.drift.AaReport.Point;
import dev.parallax.core.window.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AaReportPageTest {

  private static final String EVIL = "<script>alert(1)</script>&\"'";
  private static final String ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;";

  private static AaReport report(String id, boolean within, List<String> advice) {
    Random random = new Random(3);
    List<Point> points = new ArrayList<>();
    double evidence = 0;
    for (int i = 0; i < 120; i++) {
      double residual = 1 + 0.02 * random.nextGaussian();
      evidence = Math.max(0, evidence + 12 * (residual - 1.01));
      points.add(new Point(1_767_571_200_000L + i * 60_000L, residual, evidence));
    }
    return new AaReport(
        id,
        120,
        100,
        0,
        1.4,
        4.6,
        0.12,
        0.09,
        95,
        OptionalDouble.of(0.31),
        1,
        0.4,
        40_000,
        3,
        1.05,
        within,
        advice,
        points);
  }

  private static BaselineRecord record(String text, boolean within, List<String> advice) {
    return new BaselineRecord(
        new Series(text, text, text, text),
        within ? BaselineRecord.State.ARMED : BaselineRecord.State.COLLECTED,
        Optional.empty(),
        report("0123456789ab", within, advice),
        within
            ? Optional.of(new Arming(new Approval(text, 5, Optional.of(text)), 6))
            : Optional.empty(),
        OptionalLong.empty());
  }

  @Test
  void whatComesFromOutsideIsTextAndNeverMarkup() {
    String page = AaReportPage.of(List.of(record(EVIL, true, List.of(EVIL))));

    assertThat(page).doesNotContain("<script").doesNotContain(EVIL);
    // Model with version, reference, slice, approver, override, advice.
    assertThat(page.split(Pattern.quote(ESCAPED), -1)).hasSize(8);
    assertThat(page).contains("default-src 'none'");
  }

  @Test
  void itSaysInWordsWhetherTheBaselineMayArmAndWhatToDo() {
    String page =
        AaReportPage.of(
            List.of(
                record("search", true, List.of()),
                record("rank", false, List.of("more panes (monitor.baseline.panes)"))));

    assertThat(page)
        .contains(
            "Within the page budget. 0.40 alarms a month are to be expected while all is well")
        .contains("Nothing speaks against it.")
        .contains("Outside the page budget")
        .contains("<li>more panes (monitor.baseline.panes)</li>")
        .contains("<dd>120, 100 or more are expected</dd>")
        .contains("<dd>31%</dd>");
  }

  @Test
  void everyPaneIsDrawnWithinTheDrawing() {
    String page = AaReportPage.of(List.of(record("search", true, List.of())));

    Matcher lines = Pattern.compile("points=\"([^\"]+)\"").matcher(page);
    int drawn = 0;
    while (lines.find()) {
      drawn++;
      String[] points = lines.group(1).split(" ");
      assertThat(points).hasSize(120);
      for (String point : points) {
        String[] xy = point.split(",");
        assertThat(Double.parseDouble(xy[0])).isBetween(0.0, 1000.0);
        assertThat(Double.parseDouble(xy[1])).isBetween(0.0, 100.0);
      }
    }
    assertThat(drawn).isEqualTo(2);
    // Evidence that pages: the top tenth is free.
    assertThat(page).contains("d=\"M0 9.09H1000\"");
  }

  /** Writes a page of several reports to a file, to be looked at. */
  public static void main(String[] args) throws IOException {
    Files.writeString(
        Path.of(args[0]),
        AaReportPage.of(
            List.of(
                record("search-embedder", true, List.of()),
                record(
                    EVIL,
                    false,
                    List.of(
                        "panes follow one another (autocorrelation 0.41, by chance within 0.18):"
                            + " lengthen panes (monitor.pane)")),
                record("a-model-with-a-very-long-name-".repeat(6), true, List.of()))));
  }
}
