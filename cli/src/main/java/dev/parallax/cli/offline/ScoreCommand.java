package dev.parallax.cli.offline;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.Unreadable;
import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.core.matrix.RowNormalisation;
import dev.parallax.core.npy.NpyFile;
import dev.parallax.core.npy.NpyFormatException;
import dev.parallax.core.similarity.SimilarityReport;
import java.io.IOException;
import java.nio.file.Path;
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

  /** Families of statistics that can be asked for. */
  enum Metric {
    ALL,
    CKA
  }

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
      split = ",",
      paramLabel = "METRIC",
      description = "Which statistics: all or cka, separated by commas. Default: all.")
  private Set<Metric> metrics = Set.of(Metric.ALL);

  @Option(
      names = "--normalize",
      paramLabel = "HOW",
      description = "What is done to each row first: none or l2. Default: none.")
  private RowNormalisation normalisation = RowNormalisation.NONE;

  @Option(names = "--format", paramLabel = "FORMAT", description = "json or table. Default: table.")
  private Format format = Format.TABLE;

  /** A command that prints to {@code terminal}. */
  public ScoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RowMatrix live = read(production).normalised(normalisation);
    RowMatrix space = read(reference).normalised(normalisation);
    if (live.count() != space.count()) {
      throw CliException.failure(
          production
              + " has "
              + live.count()
              + " rows and "
              + reference
              + " has "
              + space.count()
              + ": expected one row per input in both");
    }
    SimilarityReport report = SimilarityReport.of(live, space);
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

  private static RowMatrix read(Path file) {
    try {
      return RowMatrix.of(NpyFile.read(file).toRows());
    } catch (NpyFormatException e) {
      throw CliException.failure(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw CliException.failure(file + ": cannot be read: " + Unreadable.because(e, file), e);
    }
  }
}
