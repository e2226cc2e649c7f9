package dev.parallax.cli.demo.terminal;

import dev.parallax.cli.demo.models.EmbeddingPlan.Progress;
import dev.parallax.cli.demo.view.DemoView;
import dev.parallax.cli.demo.view.EventTotals;
import dev.parallax.cli.demo.view.ModelView;
import dev.parallax.cli.demo.view.ScoreReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The live part of the screen: where the event time stands, a row for each model, what became of
 * the events. On a narrow terminal the columns that matter least are left out.
 */
final class FleetTable {

  private static final String STEPS = "▁▂▃▄▅▆▇█";
  private static final int HISTORY = 24;
  private static final int BAR = 20;
  private static final String GAP = "  ";

  private final TerminalTraits traits;
  private final Style style;

  FleetTable(TerminalTraits traits) {
    this.traits = traits;
    this.style = new Style(traits);
  }

  /** The lines, none of them wider than the terminal. */
  List<String> render(DemoView view) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(style.bold(fit(time(view))));
    lines.addAll(table(view.models()));
    if (!view.embeddings().complete()) {
      lines.add(fit(embeddings(view.embeddings())));
    }
    lines.add(style.dim(fit(events(view.events()))));
    lines.add(style.dim(fit("status page " + view.statusPage())));
    return lines;
  }

  private String time(DemoView view) {
    return String.format(
        Locale.ROOT,
        "%s of %s event time %s pane %d of %d %s %sx",
        Words.hours(view.position()),
        Words.hours(view.length()),
        style.dot(),
        view.pane(),
        view.panes(),
        style.dot(),
        speed(view.speed()));
  }

  private static String speed(double speed) {
    return speed == Math.rint(speed)
        ? Long.toString((long) speed)
        : String.format(Locale.ROOT, "%.1f", speed);
  }

  private List<String> table(List<ModelView> models) {
    List<Column> columns = columns(models);
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder();
    columns.forEach(column -> head.append(column.padded(column.title)).append(GAP));
    lines.add(style.dim(fit(head.toString().stripTrailing())));
    for (ModelView model : models) {
      StringBuilder row = new StringBuilder();
      int used = 0;
      for (Column column : columns) {
        String cell = column.padded(column.text.apply(model));
        int room = traits.width() - used;
        if (room <= 0) {
          break;
        }
        cell = cell.length() > room ? cell.substring(0, room) : cell;
        used += cell.length() + GAP.length();
        row.append(column.verdict ? style.verdict(model.verdict(), cell) : cell).append(GAP);
      }
      lines.add(row.toString().stripTrailing());
    }
    return lines;
  }

  /** The columns that fit, in the order of the screen. */
  private List<Column> columns(List<ModelView> models) {
    List<Column> all =
        List.of(
            new Column("model", 0, false, false, m -> m.model().subject()),
            new Column("encoder", 4, false, false, m -> m.model().encoder().label()),
            new Column("pairs", 3, true, false, m -> latest(m, FleetTable::pairs)),
            new Column("CKA", 0, true, false, m -> latest(m, s -> Words.ratio(s.cka()))),
            new Column("95% interval", 1, false, false, m -> latest(m, FleetTable::interval)),
            new Column("residual", 0, true, false, m -> latest(m, s -> times(s.residual()))),
            new Column("evidence", 2, true, false, m -> latest(m, FleetTable::evidence)),
            new Column("verdict", 0, false, true, m -> m.verdict().label()),
            new Column("CKA so far", 5, false, false, this::sparkline));
    List<Column> kept = new ArrayList<>(all);
    if (!traits.unicode()) {
      kept.removeIf(column -> column.rank == 5);
    }
    kept.forEach(column -> column.measure(models));
    for (int rank = 5; rank > 0 && width(kept) > traits.width(); rank--) {
      int least = rank;
      kept.removeIf(column -> column.rank == least);
    }
    return kept;
  }

  private static int width(List<Column> columns) {
    return columns.stream().mapToInt(column -> column.width + GAP.length()).sum() - GAP.length();
  }

  private static String latest(ModelView model, Function<ScoreReading, String> cell) {
    return model.latest().map(cell).orElse("-");
  }

  private static String pairs(ScoreReading score) {
    return Words.count(score.windowPairs());
  }

  private static String interval(ScoreReading score) {
    return score.ckaLow().isPresent() && score.ckaHigh().isPresent()
        ? Words.ratio(score.ckaLow()) + " to " + Words.ratio(score.ckaHigh())
        : "-";
  }

  private static String times(OptionalDouble ratio) {
    return ratio.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2fx", ratio.getAsDouble());
  }

  private static String evidence(ScoreReading score) {
    if (score.evidenceLog10().isEmpty() || score.thresholdLog10().isEmpty()) {
      return "-";
    }
    return String.format(
        Locale.ROOT,
        "%.1f of %.1f",
        score.evidenceLog10().getAsDouble(),
        score.thresholdLog10().getAsDouble());
  }

  /** Rolling CKA of the last panes, from 0 at the bottom to 1 at the top. */
  private String sparkline(ModelView model) {
    List<ScoreReading> readings = model.readings();
    StringBuilder line = new StringBuilder();
    for (ScoreReading score :
        readings.subList(Math.max(0, readings.size() - HISTORY), readings.size())) {
      double cka = Math.min(Math.max(score.cka().orElse(0), 0), 1);
      line.append(STEPS.charAt((int) Math.round(cka * (STEPS.length() - 1))));
    }
    return line.toString();
  }

  private String embeddings(Progress progress) {
    int filled = (int) ((long) BAR * progress.done() / progress.total());
    String bar =
        traits.unicode()
            ? "█".repeat(filled) + "░".repeat(BAR - filled)
            : "#".repeat(filled) + ".".repeat(BAR - filled);
    return "embedding the texts "
        + bar
        + " "
        + Words.count(progress.done())
        + " of "
        + Words.count(progress.total());
  }

  private static String events(EventTotals events) {
    return Words.count(events.produced())
        + " events published, "
        + Words.count(events.rejected())
        + " rejected, "
        + Words.count(events.scored())
        + " scored, "
        + Words.count(events.sampledOut())
        + " sampled out, "
        + Words.count(events.duplicate())
        + " duplicate, "
        + Words.count(events.late())
        + " late";
  }

  private String fit(String line) {
    return line.length() > traits.width() ? line.substring(0, traits.width()) : line;
  }

  /** A column; those of the highest rank are the first to go. */
  private static final class Column {
    private final String title;
    private final int rank;
    private final boolean right;
    private final boolean verdict;
    private final Function<ModelView, String> text;
    private int width;

    Column(
        String title, int rank, boolean right, boolean verdict, Function<ModelView, String> text) {
      this.title = title;
      this.rank = rank;
      this.right = right;
      this.verdict = verdict;
      this.text = text;
    }

    void measure(List<ModelView> models) {
      width =
          Math.max(
              title.length(),
              models.stream().mapToInt(model -> text.apply(model).length()).max().orElse(0));
    }

    String padded(String cell) {
      String space = " ".repeat(Math.max(0, width - cell.length()));
      return right ? space + cell : cell + space;
    }
  }
}
