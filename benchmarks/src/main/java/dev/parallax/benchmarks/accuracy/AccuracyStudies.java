package dev.parallax.benchmarks.accuracy;

import dev.parallax.core.matrix.RowMatrix;
import dev.parallax.onnx.encoder.BundledEncoders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The accuracy studies as a command: prints the tables of the documentation in Markdown and exits
 * with 1 when a claim that the documentation makes of them does not hold.
 *
 * <p>Deterministic for a seed on one processor type and Java version. All studies with their
 * defaults take some minutes of one core and 2 GB of heap; the first run also embeds the texts.
 */
@Command(
    name = "benchmarks/accuracy",
    mixinStandardHelpOptions = true,
    description = "Coverage, bias, sensitivity to traps and rounding of the statistics.")
public final class AccuracyStudies implements Callable<Integer> {

  /** What can be studied. */
  enum Study {
    coverage,
    bias,
    traps,
    precision
  }

  @Parameters(
      arity = "0..*",
      description = "which of ${COMPLETION-CANDIDATES}; all if none is named")
  private Set<Study> studies = Set.of();

  @Option(names = "--texts", defaultValue = "4096", description = "texts of the real spaces")
  private int texts;

  @Option(
      names = "--replicates",
      defaultValue = "4000",
      description = "samples drawn for each row of the coverage table")
  private int replicates;

  @Option(names = "--seed", defaultValue = "5")
  private long seed;

  @Option(
      names = "--vectors",
      defaultValue = "benchmarks/target/accuracy",
      description = "folder in which embedded texts are kept")
  private Path vectors = Path.of("");

  private AccuracyStudies() {}

  /** Runs the studies. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new AccuracyStudies()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    StudyReport report = new StudyReport(System.out);
    report.paragraph(
        "Java %s, %s; %,d texts; seed %d.",
        System.getProperty("java.version"), System.getProperty("os.arch"), texts, seed);
    EncodedTexts encoded = EncodedTexts.of(texts, vectors);
    if (asked(Study.coverage)) {
      List<Population> populations = new ArrayList<>();
      populations.add(new CorpusPopulation(spaces(encoded), CoverageStudy.BATCH));
      populations.addAll(CoverageStudy.spectra());
      new CoverageStudy(replicates, 0).run(populations, seed, report);
    }
    RowMatrix live = encoded.space(BundledEncoders.BGE_QUANTISED);
    RowMatrix reference = encoded.space(BundledEncoders.MINILM);
    if (asked(Study.bias)) {
      BiasStudy study = new BiasStudy(384, 4096, 16_384);
      study.unrelated(seed, report);
      study.real("bge-small-en-v1.5-q / all-minilm-l6-v2", live, reference, seed, report);
    }
    if (asked(Study.traps)) {
      TrapStudy study = new TrapStudy(live, reference, seed, report);
      study.rotation();
      study.trafficMix(parts(encoded));
      study.wrongPairs(5);
      study.repeats(1024, 384, 10);
      study.outlier(1024, 20);
      new OverlapStudy(200_000).run(seed, report);
    }
    if (asked(Study.precision)) {
      new PrecisionStudy(spaces(encoded), 1024).run(report);
    }
    report.broken().forEach(claim -> System.err.println("does not hold: " + claim));
    System.err.printf(
        "%d of %d claims hold%n", report.claims() - report.broken().size(), report.claims());
    return report.broken().isEmpty() ? 0 : 1;
  }

  private boolean asked(Study study) {
    return studies.isEmpty() || studies.contains(study);
  }

  private static Map<String, RowMatrix> spaces(EncodedTexts encoded) {
    Map<String, RowMatrix> spaces = new LinkedHashMap<>();
    encoded.encoders().forEach(id -> spaces.put(id, encoded.space(id)));
    return spaces;
  }

  private static Map<String, int[]> parts(EncodedTexts encoded) {
    Map<String, int[]> parts = new LinkedHashMap<>();
    parts.put("nouns", encoded.indicesOf("noun."));
    parts.put(
        "nouns for things",
        encoded.indicesOf(
            "noun.animal", "noun.plant", "noun.artifact", "noun.food", "noun.substance"));
    parts.put("verbs", encoded.indicesOf("verb."));
    parts.put("adjectives", encoded.indicesOf("adj."));
    return parts;
  }
}
