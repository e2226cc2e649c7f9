package dev.parallax.benchmarks.detection;

import dev.parallax.benchmarks.accuracy.StudyReport;
import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.SeriesState;
import dev.parallax.core.drift.SeriesTracker;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.Fleet;
import dev.parallax.core.fleet.FleetSettings;
import dev.parallax.core.fleet.FleetState;
import dev.parallax.core.fleet.PageBudget;
import dev.parallax.core.window.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Streams of healthy models, most of them with traffic that moves, and who is paged by them. The
 * budget is far looser than in use, one page in {@value #PANES_BETWEEN_PAGES} panes, since with the
 * one in use no page could be expected in any study of bearable length.
 */
final class HealthyStudy {

  static final int PANES_BETWEEN_PAGES = 1_000;

  /** Panes of a stream. */
  static final int STREAM = 100;

  private static final String[] TOPICS = {"verb.", "adj.", "noun.person", "noun.artifact"};
  private static final int RAMP = 50;

  /** Of the first stream. */
  static final long SEED = 77_000;

  /** By stream, the assessments of its panes. */
  private final List<List<Assessment>> streams = new ArrayList<>();

  /** What the traffic of a stream moves to; empty where it is steady. */
  static String topic(int index) {
    int kind = index % (TOPICS.length + 1);
    return kind == 0 ? "" : TOPICS[kind - 1];
  }

  /** The stream in place {@code index}. */
  static Population stream(Populations populations, int[] tested, int index) {
    String topic = topic(index);
    return topic.isEmpty() ? populations.healthy(tested) : populations.ramp(topic, RAMP);
  }

  /** Follows {@code count} streams of one model, of each kind of traffic as many. */
  void follow(
      Tracking tracking,
      Populations populations,
      int[] tested,
      List<SeriesState> armed,
      int count) {
    for (int s = 0; s < count; s++) {
      Population stream = stream(populations, tested, s);
      SeriesState state = armed.get(s % armed.size());
      Random random = new Random(SEED + s);
      List<Assessment> assessments = new ArrayList<>();
      for (int i = 0; i < STREAM; i++) {
        int index = Tracking.FIRST_TESTED + i;
        SeriesTracker.Step step = tracking.next(state, stream.pane(i, index, random));
        state = step.state();
        assessments.addAll(step.assessments());
      }
      streams.add(assessments);
    }
  }

  /** Pages of fleets of each size over the same streams, and what was said in all panes. */
  void report(StudyReport report) {
    report.heading("Healthy models, most with moving traffic");
    report.columns("series in a fleet", "fleets x panes", "pages promised at most", "pages seen");
    for (int size : new int[] {1, 10, 100}) {
      int fleets = streams.size() / size;
      long pages = 0;
      for (int f = 0; f < fleets; f++) {
        pages += pages(streams.subList(f * size, (f + 1) * size));
      }
      double promised = (double) fleets * STREAM / PANES_BETWEEN_PAGES;
      report.row(size, fleets + " x " + STREAM, StudyReport.number("%.1f", promised), pages);
      report.claim(
          pages <= Math.max(promised, 0.5),
          "%d pages in fleets of %d, %.1f promised",
          pages,
          size,
          promised);
    }
    Map<Verdict, Long> said = new EnumMap<>(Verdict.class);
    streams.forEach(stream -> stream.forEach(a -> said.merge(a.score().verdict(), 1L, Long::sum)));
    report.paragraph(
        "Of %,d panes were called: %s.",
        said.values().stream().mapToLong(n -> n).sum(),
        said.entrySet().stream()
            .map(e -> e.getKey().label() + " " + e.getValue())
            .collect(Collectors.joining(", ")));
  }

  /** Flagged series of a fleet over its panes, each counted once. */
  private static long pages(List<List<Assessment>> fleet) {
    Fleet control =
        new Fleet(
            FleetSettings.DEFAULT.withBudget(
                new PageBudget(1, Duration.ofMillis(PANES_BETWEEN_PAGES * StudyPane.MILLIS))),
            Tracking.PANE,
            Tracking.SILENT_AFTER);
    FleetState state = FleetState.EMPTY;
    long pages = 0;
    for (int i = 0; i < STREAM; i++) {
      List<Assessment> tick = new ArrayList<>();
      for (int s = 0; s < fleet.size(); s++) {
        tick.add(named(fleet.get(s).get(i), s));
      }
      Fleet.Ruling ruling = control.next(state, tick.get(0).score().paneEnd(), tick);
      state = ruling.state();
      pages +=
          ruling.outcomes().stream()
              .filter(o -> o.alert().isPresent() && FaultRun.pages(o.score().verdict()))
              .count();
    }
    return pages;
  }

  /** The same assessment of a model of its own. */
  private static Assessment named(Assessment assessment, int member) {
    return new Assessment(assessment.score().of(member(member)), assessment.alarm());
  }

  private static Series member(int member) {
    return Series.of("model-" + member, "1", "all-minilm-l6-v2");
  }
}
