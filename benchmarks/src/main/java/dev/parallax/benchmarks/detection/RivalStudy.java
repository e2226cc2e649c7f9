package dev.parallax.benchmarks.detection;

import dev.parallax.benchmarks.detection.rivals.Rival;
import dev.parallax.benchmarks.detection.rivals.RivalBaseline;
import dev.parallax.benchmarks.detection.rivals.RivalPane;
import dev.parallax.benchmarks.detection.rivals.Rule;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.SeriesState;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.PairedPane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

/**
 * Asks every rule about the panes that Parallax is asked about: the streams of one model with every
 * fault of the catalogue, and healthy ones. All are fitted on the same panes.
 */
final class RivalStudy {

  /** What Parallax is called among the rules. */
  static final String PARALLAX = "Parallax";

  /** Rules on what Parallax' own tracking says of a pane. */
  private static final Set<Rival> OF_TRACKING =
      EnumSet.of(Rival.RESIDUAL_3_SIGMA, Rival.RESIDUAL_EWMA);

  private final Tracking tracking;
  private final Populations populations;
  private final StudyTexts texts;
  private final int baselines;

  /** By number, those that were asked for. */
  private final Map<Integer, Fitted> fitted = new HashMap<>();

  /** A series with its baseline, and the rules that were fitted on the same panes. */
  private record Fitted(SeriesState armed, Map<Rival, Rule> rules) {}

  /** A study whose streams take {@code baselines} baselines in turn. */
  RivalStudy(Tracking tracking, Populations populations, StudyTexts texts, int baselines) {
    this.tracking = tracking;
    this.populations = populations;
    this.texts = texts;
    this.baselines = baselines;
  }

  private Fitted fit(int seed) {
    Population fit = populations.healthy(texts.fitIndices());
    Population holdOut = populations.healthy(texts.holdOutIndices());
    SeriesState armed = tracking.armed(fit, holdOut, seed);
    // The same panes once more: those of the hold-out with the figures that the baseline gives.
    Random random = new Random(seed);
    List<RivalPane> learnt = new ArrayList<>();
    List<RivalPane> heldOut = new ArrayList<>();
    for (int i = 0; i < Tracking.FIT_PANES; i++) {
      PairedPane pane = fit.pane(0, i, random);
      learnt.add(
          new RivalPane(
              RivalPane.asSent(pane.live(), pane.norms()),
              OptionalDouble.empty(),
              OptionalDouble.empty()));
    }
    for (int i = 0; i < Tracking.HOLD_OUT_PANES; i++) {
      PairedPane pane = holdOut.pane(0, Tracking.FIRST_TESTED, random);
      heldOut.add(seen(pane, new LoneSeries(tracking, armed).next(pane)));
    }
    RivalBaseline baseline = new RivalBaseline(learnt, heldOut);
    Map<Rival, Rule> rules = new EnumMap<>(Rival.class);
    for (Rival rival : Rival.values()) {
      rules.put(rival, rival.fit(baseline));
    }
    return new Fitted(armed, rules);
  }

  private static RivalPane seen(PairedPane pane, Score score) {
    return new RivalPane(
        RivalPane.asSent(pane.live(), pane.norms()),
        score.figures().get(Figure.PANE_CKA),
        score.figures().get(Figure.RESIDUAL_STRATIFIED));
  }

  /**
   * What every rule, Parallax the first, does in a stream. With a fault, each is followed up to its
   * first alarm.
   */
  List<Trial> follow(StudyStream stream, int seed) {
    Fitted baseline = fitted.computeIfAbsent(seed % baselines, this::fit);
    LoneSeries series = new LoneSeries(tracking, baseline.armed());
    Map<Rival, Rule.Watch> watches = new EnumMap<>(Rival.class);
    baseline.rules().forEach((rival, rule) -> watches.put(rival, rule.watch()));
    Map<Rival, Tally> tallies = new EnumMap<>(Rival.class);
    watches.keySet().forEach(rival -> tallies.put(rival, new Tally(stream)));
    Tally own = new Tally(stream);
    Verdict said = Verdict.HEALTHY;
    Random random = new Random(stream.seed() + seed);
    for (int i = 0; i < stream.panes(); i++) {
      if (own.isOver() && tallies.values().stream().allMatch(Tally::isOver)) {
        break;
      }
      PairedPane pane = stream.population().pane(i, Tracking.FIRST_TESTED + i, random);
      RivalPane seen;
      if (own.isOver() && OF_TRACKING.stream().allMatch(rival -> tallies.get(rival).isOver())) {
        seen = untracked(pane);
      } else {
        Score score = series.next(pane);
        seen = seen(pane, score);
        if (!own.isOver()) {
          said = own.first > 0 ? said : score.verdict();
          own.add(i, FaultRun.pages(score.verdict()));
        }
      }
      for (Rival rival : watches.keySet()) {
        boolean looks = !rival.costly() || i % stream.every() == stream.every() - 1;
        if (looks && !tallies.get(rival).isOver()) {
          tallies.get(rival).add(i, watches.get(rival).alarms(seen));
        }
      }
    }
    List<Trial> trials = new ArrayList<>();
    trials.add(own.trial(populations, seed, PARALLAX, said == stream.right()));
    tallies.forEach(
        (rival, tally) -> trials.add(tally.trial(populations, seed, rival.label(), false)));
    return trials;
  }

  /** A pane whose residual nobody asks for any more. */
  private RivalPane untracked(PairedPane pane) {
    return new RivalPane(
        RivalPane.asSent(pane.live(), pane.norms()), tracking.cka(pane), OptionalDouble.empty());
  }

  /** Counts the alarms of a rule in a stream. */
  private static final class Tally {
    private final StudyStream stream;
    private int panes;
    private int alarms;
    private int first;

    Tally(StudyStream stream) {
      this.stream = stream;
    }

    /** Whether the rule has found the fault that there is. */
    boolean isOver() {
      return first > 0 && stream.group() == StudyStream.Group.FAULT;
    }

    void add(int index, boolean alarm) {
      panes++;
      if (alarm) {
        alarms++;
        first = first == 0 ? index + 1 : first;
      }
    }

    Trial trial(Populations populations, int seed, String rule, boolean named) {
      return new Trial(
          populations.model().label(),
          stream.label(),
          stream.group(),
          seed,
          stream.panes(),
          rule,
          panes,
          alarms,
          first,
          named);
    }
  }

  /**
   * Follows what has not been followed yet, all streams of a seed before the next seed.
   *
   * @param only labels of the faults to follow; all if there is none
   * @param seeds streams of each
   * @param healthyStreams streams without a fault
   */
  void run(Trials trials, List<String> only, int seeds, int healthyStreams)
      throws IOException, InterruptedException {
    List<StudyStream> streams =
        StudyStream.of(populations).stream()
            .filter(stream -> only.isEmpty() || only.contains(stream.label()))
            .toList();
    int[] tested = texts.testedIndices();
    for (int seed = 0; seed < Math.max(seeds, healthyStreams); seed++) {
      List<StudyStream> ofSeed = new ArrayList<>(seed < seeds ? streams : List.of());
      if (seed < healthyStreams) {
        ofSeed.add(StudyStream.healthy(populations, tested, seed));
      }
      for (StudyStream stream : ofSeed) {
        if (!trials.has(populations.model(), stream.label(), seed)) {
          trials.add(populations.model(), follow(stream, seed));
        }
      }
    }
  }
}
