package dev.parallax.cli.offline;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.report.InMemoryComparison;
import dev.parallax.core.report.SimilarityMetric;
import dev.parallax.core.report.SimilarityReport;
import dev.parallax.core.report.StreamedComparison;
import dev.parallax.core.similarity.MiniBatchCka;
import dev.parallax.core.similarity.PairedRows;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax score}: every statistic on two matrices of paired rows. */
@Command(
    name = "score",
    description = {
      "Compare two matrices of embeddings, row by row of the same inputs.",
      "A figure that cannot be stated is left out and its reason given; exit 1 when none can."
    })
public final class ScoreCommand implements Callable<Integer> {

  /** How a report is printed. */
  enum Format {
    JSON,
    TABLE
  }

  /**
   * Share of the heap that the rows may take: the figures hold about a dozen copies and products of
   * them at their peak.
   */
  private static final int HEAP_SHARE = 16;

  private static final long MEBIBYTE = 1 << 20;

  /** Rows read at once where not all are; whole mini-batches. */
  private static final int CHUNK = 32 * MiniBatchCka.DEFAULT_BATCH;

  private final Terminal terminal;

  @Option(
      names = "--production",
      required = true,
      paramLabel = "X.npy",
      description = "Vectors of the production model: float32 or float64, C order.")
  private Path production = Path.of("");

  @Option(
      names = "--reference",
      required = true,
      paramLabel = "Y.npy",
      description = "Vectors of the same inputs in the reference space.")
  private Path reference = Path.of("");

  @Option(
      names = "--metrics",
      paramLabel = "METRIC[,METRIC]",
      converter = MetricsConverter.class,
      description = "Which statistics: all, or names as the JSON has them. Default: all.")
  private Set<SimilarityMetric> metrics = EnumSet.allOf(SimilarityMetric.class);

  @Option(
      names = "--normalize",
      paramLabel = "HOW",
      description = "What is done to each row first: none or l2. Default: none.")
  private RowNormalisation normalisation = RowNormalisation.NONE;

  @Option(names = "--format", paramLabel = "FORMAT", description = "json or table. Default: table.")
  private Format format = Format.TABLE;

  @Option(
      names = "--max-memory",
      paramLabel = "MIB",
      description = {
        "Above this many MiB of rows, counted as float64, the files are streamed, and the",
        "figures that need all rows at once are left out. Default: a sixteenth of the heap."
      })
  private long maxMemory = Runtime.getRuntime().maxMemory() / HEAP_SHARE / MEBIBYTE;

  /** A command that prints to {@code terminal}. */
  public ScoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    SimilarityReport report = report();
    terminal
        .out()
        .println(format == Format.JSON ? ReportFormat.json(report) : ReportFormat.table(report));
    if (!report.stated()) {
      throw CliException.failure(
          "nothing can be stated: "
              + report.reasons().stream()
                  .map(absent -> absent.key() + ": " + absent.reason())
                  .collect(Collectors.joining("; ")));
    }
    return ExitCode.OK;
  }

  private SimilarityReport report() {
    try (PairedFiles files = PairedFiles.open(production, reference, normalisation)) {
      files.requireEqualCounts();
      return files.bytes() > maxMemory * MEBIBYTE
          ? streamed(files)
          : InMemoryComparison.of(files.next(files.count()), metrics);
    }
  }

  private SimilarityReport streamed(PairedFiles files) {
    StreamedComparison comparison = new StreamedComparison(metrics);
    for (PairedRows rows = files.next(CHUNK); rows.count() > 0; rows = files.next(CHUNK)) {
      comparison.add(rows);
    }
    return comparison.report();
  }
}
