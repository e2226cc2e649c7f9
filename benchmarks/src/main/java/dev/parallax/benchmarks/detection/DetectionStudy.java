package dev.parallax.benchmarks.detection;

import dev.parallax.benchmarks.accuracy.StudyReport;
import dev.parallax.benchmarks.chart.Svg;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.SeriesState;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.drill.FaultKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The detection study as a command: prints the tables of {@code docs/detection.md} in Markdown and
 * exits with 1 when a claim that the documentation makes of them does not hold.
 */
@Command(
    name = "benchmarks/detection",
    mixinStandardHelpOptions = true,
    description = "How soon faults are found, what they are called, and how often health is not.")
public final class DetectionStudy implements Callable<Integer> {

  private static final int BASELINES = 2;

  /** One false page in 30 days of panes of a minute. */
  private static final double PANES_BETWEEN_PAGES = 43_200;

  /** Models with streams of their own; the other is there to be quantised. */
  private static final List<StudyModel> SERIES =
      List.of(StudyModel.MINILM_INT8, StudyModel.BGE_INT8, StudyModel.E5_INT8);

  @Option(names = "--texts", defaultValue = "6144", description = "texts for tested panes")
  private int texts;

  @Option(names = "--seeds", defaultValue = "20", description = "streams of each fault")
  private int seeds;

  @Option(names = "--healthy-panes", defaultValue = "20000", description = "over all models")
  private int healthyPanes;

  @Option(names = "--fault", description = "only these; all if none is named")
  private List<String> faults = List.of();

  @Option(names = "--model", description = "only these; all if none is named")
  private Set<StudyModel> models = Set.of();

  @Option(
      names = "--vectors",
      defaultValue = "benchmarks/target/detection",
      description = "folder in which embedded texts are kept")
  private Path vectors = Path.of("");

  @Option(
      names = "--rivals",
      description = "ask the rules that people use today about the same panes, and compare")
  private boolean rivals;

  @Option(
      names = "--records",
      defaultValue = "benchmarks/target/detection/rivals",
      description = "folder of what rules did, so that a comparison goes on where it was stopped")
  private Path records = Path.of("");

  @Option(
      names = "--images",
      description = "folder that plots of the comparison are written to; none are if not given")
  private @Nullable Path images;

  private DetectionStudy() {}

  /** Runs the study. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new DetectionStudy()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    StudyReport report = new StudyReport(System.out);
    StudyTexts chosen = StudyTexts.choose(texts, 1);
    Encodings encodings = new Encodings(vectors);
    if (rivals) {
      compare(chosen, encodings, report);
    } else {
      study(chosen, encodings, report);
    }
    report.broken().forEach(claim -> System.err.println("does not hold: " + claim));
    return report.broken().isEmpty() ? 0 : 1;
  }

  private void compare(StudyTexts chosen, Encodings encodings, StudyReport report)
      throws IOException, InterruptedException {
    Trials trials = new Trials(records);
    for (StudyModel model : followed()) {
      Populations populations = new Populations(model, chosen, encodings);
      int streams =
          model == StudyModel.BGE_FP32 ? 0 : healthyPanes / HealthyStudy.STREAM / SERIES.size();
      try (Tracking tracking = new Tracking(PANES_BETWEEN_PAGES)) {
        new RivalStudy(tracking, populations, chosen, BASELINES)
            .run(trials, faults, seeds, streams);
      }
    }
    Comparison comparison = new Comparison(trials.all());
    comparison.report(report);
    if (images != null) {
      DelayPlot.of(comparison).write(images.resolve("detection-delays.svg"));
      RulesPlot.of(comparison).write(images.resolve("detection-rules.svg"));
      evidence(chosen, encodings).write(images.resolve("detection-evidence.svg"));
    }
  }

  /** The stream that shows best why CKA alone does not do. */
  private static Svg evidence(StudyTexts chosen, Encodings encodings)
      throws IOException, InterruptedException {
    FaultKind fault = FaultKind.WRONG_POOLING;
    Populations populations = new Populations(StudyModel.BGE_INT8, chosen, encodings);
    try (Tracking tracking = new Tracking(PANES_BETWEEN_PAGES)) {
      List<Score> scores = BreakingStream.scores(tracking, populations, chosen, fault);
      return EvidencePlot.of(
          fault.label(), populations.model().label(), scores, BreakingStream.HEALTHY);
    }
  }

  private List<StudyModel> followed() {
    return Arrays.stream(StudyModel.values())
        .filter(model -> models.isEmpty() || models.contains(model))
        .toList();
  }

  private void study(StudyTexts chosen, Encodings encodings, StudyReport report)
      throws IOException, InterruptedException {
    for (StudyModel model : followed()) {
      faults(new Populations(model, chosen, encodings), chosen, report);
    }
    if (healthyPanes > 0) {
      healthy(chosen, encodings).report(report);
    }
  }

  private HealthyStudy healthy(StudyTexts chosen, Encodings encodings)
      throws IOException, InterruptedException {
    HealthyStudy study = new HealthyStudy();
    for (StudyModel model : SERIES) {
      Populations populations = new Populations(model, chosen, encodings);
      try (Tracking tracking = new Tracking(HealthyStudy.PANES_BETWEEN_PAGES)) {
        study.follow(
            tracking,
            populations,
            chosen.testedIndices(),
            baselines(tracking, populations, chosen),
            healthyPanes / HealthyStudy.STREAM / SERIES.size());
      }
    }
    return study;
  }

  private static List<SeriesState> baselines(
      Tracking tracking, Populations populations, StudyTexts chosen) {
    List<SeriesState> baselines = new ArrayList<>();
    for (int b = 0; b < BASELINES; b++) {
      baselines.add(
          tracking.armed(
              populations.healthy(chosen.fitIndices()),
              populations.healthy(chosen.holdOutIndices()),
              b));
    }
    return baselines;
  }

  private void faults(Populations populations, StudyTexts chosen, StudyReport report)
      throws IOException, InterruptedException {
    try (Tracking tracking = new Tracking(PANES_BETWEEN_PAGES)) {
      List<SeriesState> baselines = baselines(tracking, populations, chosen);
      report.heading(populations.model().label());
      report.columns("fault", "verdict it must get", "caught", "delay, median (most)", "said");
      for (StudyStream stream : StudyStream.of(populations)) {
        if (!faults.isEmpty() && !faults.contains(stream.label())) {
          continue;
        }
        List<FaultRun> runs = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
          runs.add(
              FaultRun.follow(
                  tracking,
                  baselines.get(seed % BASELINES),
                  stream.population(),
                  stream.panes(),
                  stream.seed() + seed));
        }
        row(stream, runs, report);
      }
    }
  }

  private static void row(StudyStream stream, List<FaultRun> runs, StudyReport report) {
    boolean harmless = stream.group() != StudyStream.Group.FAULT;
    int[] delays =
        runs.stream()
            .map(run -> harmless ? run.delay(stream.right()) : run.delay())
            .flatMapToInt(OptionalInt::stream)
            .sorted()
            .toArray();
    Map<Verdict, Long> said = new EnumMap<>(Verdict.class);
    runs.forEach(run -> said.merge(run.said(), 1L, Long::sum));
    report.claim(
        harmless
            ? runs.stream().allMatch(run -> run.delay().isEmpty())
            : delays.length == runs.size()
                && said.getOrDefault(stream.right(), 0L) >= 0.9 * runs.size(),
        "%s: caught %d of %d within %d panes, said %s",
        stream.label(),
        delays.length,
        runs.size(),
        stream.panes(),
        said);
    report.row(
        stream.label(),
        stream.right().label(),
        delays.length + "/" + runs.size(),
        delays.length == 0
            ? "-"
            : String.format(
                Locale.ROOT, "%d (%d)", delays[delays.length / 2], delays[delays.length - 1]),
        new TreeMap<>(said)
            .entrySet().stream()
                .map(e -> e.getKey().label() + " " + e.getValue())
                .collect(Collectors.joining(", ")));
  }
}
