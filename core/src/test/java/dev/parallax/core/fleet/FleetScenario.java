package dev.parallax.core.fleet;

import dev.parallax.core.drift.Alarm;
import dev.parallax.core.drift.Assessment;
import dev.parallax.core.drift.Figure;
import dev.parallax.core.drift.Figures;
import dev.parallax.core.drift.Provenance;
import dev.parallax.core.drift.Score;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.fleet.Fleet.Outcome;
import dev.parallax.core.fleet.Fleet.Ruling;
import dev.parallax.core.fleet.FleetState.Flag;
import dev.parallax.core.fleet.FleetState.Member;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PaneLength;
import dev.parallax.core.window.Series;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A fleet of minutes with a budget of one page in 100 panes, and assessments to feed it with. */
final class FleetScenario {

  static final long PANE = 60_000;
  static final int A = 100;
  static final long CHANGE = 17;
  static final FleetSettings SETTINGS =
      FleetSettings.DEFAULT.withBudget(new PageBudget(1, Duration.ofMinutes(A)));

  private final Fleet fleet;
  private final List<Assessment> next = new ArrayList<>();
  private FleetState state = FleetState.EMPTY;
  private long tick;

  FleetScenario(FleetSettings settings) {
    fleet = new Fleet(settings, new PaneLength(Duration.ofMillis(PANE)), Duration.ofMinutes(3));
  }

  FleetScenario() {
    this(SETTINGS);
  }

  static Series series(String model, String slice) {
    return new Series(model, "1", "shared", slice);
  }

  /** A series of the next tick, healthy but for an alarm where the evidence is at least A. */
  FleetScenario with(String model, double evidence) {
    return with(series(model, ""), evidence);
  }

  FleetScenario with(Series series, double evidence) {
    return add(
        series,
        Verdict.HEALTHY,
        new Figures.Builder().put(Figure.EVIDENCE_LOG10, Math.log10(evidence)).build(),
        evidence >= A
            ? Optional.of(
                new Alarm(Verdict.ROTATED, List.of("it was turned"), OptionalLong.of(CHANGE)))
            : Optional.empty());
  }

  /** A series of the next tick without evidence. */
  FleetScenario with(String model, Verdict verdict) {
    return with(series(model, ""), verdict);
  }

  FleetScenario with(Series series, Verdict verdict) {
    return add(series, verdict, new Figures.Builder().build(), Optional.empty());
  }

  private FleetScenario add(
      Series series, Verdict verdict, Figures figures, Optional<Alarm> alarm) {
    Score score =
        new Score(
            series,
            tick,
            tick + PANE,
            tick,
            10,
            10,
            figures,
            Optional.of("id"),
            verdict,
            List.of(),
            EventCounts.NONE,
            new Provenance("1", "config", "reference", "graph", "cpu", "ort", "isa", 7),
            "digest");
    next.add(new Assessment(score, alarm));
    return this;
  }

  /** The tick of what was added. */
  List<Outcome> tick() {
    tick += PANE;
    Ruling ruling = fleet.next(state, tick, next);
    next.clear();
    state = ruling.state();
    return ruling.outcomes();
  }

  FleetState state() {
    return state;
  }

  static byte[] bytes(FleetState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      FleetStateCodec.write(state, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  /** A state with everything that a state can hold. */
  static FleetState everything() {
    return new FleetState(
        new TreeMap<>(
            Map.of(
                new Series("modèle", "1", "shared", "lang=fr"),
                new Member(Verdict.DIVERGED, OptionalDouble.of(2.5), Long.MAX_VALUE),
                series("quiet", ""),
                new Member(Verdict.SILENT, OptionalDouble.empty(), 120_000))),
        new TreeMap<>(
            Map.of(
                new Unit("modèle", "1"),
                new Flag(60_000, true),
                new Unit("other", "2"),
                new Flag(180_000, false))));
  }

  /** Writes the golden bytes of a new version into the directory that it is given. */
  public static void main(String[] args) throws IOException {
    Files.write(Path.of(args[0], "fleet-state-v1.bin"), bytes(everything()));
  }
}
