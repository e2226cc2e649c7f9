package dev.parallax.core.drift;

import static dev.parallax.core.drift.Follower.BASELINE_PANES;
import static dev.parallax.core.drift.SyntheticWorld.PAIRS;

import dev.parallax.core.drift.SyntheticWorld.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the table of detection delays in {@code docs/math.md}: twenty worlds, one run each. */
final class DetectionStudy {

  private static final int WORLDS = 20;
  private static final int HEALTHY_PANES = 100;
  private static final int MOST_PANES = 50;

  private DetectionStudy() {}

  public static void main(String[] args) {
    for (Fault fault : List.of(Fault.NOISE, Fault.ZEROED, Fault.ROTATED, Fault.STALE)) {
      print(fault);
    }
    traffic();
  }

  private static void print(Fault fault) {
    List<Integer> delays = new ArrayList<>();
    List<Integer> recoveries = new ArrayList<>();
    int falseAlarms = 0;
    double residual = 0;
    double cka = 0;
    for (int seed = 1; seed <= WORLDS; seed++) {
      SyntheticWorld world = new SyntheticWorld(seed);
      Follower follower = Follower.armed(world);
      int pane = BASELINE_PANES;
      for (int i = 0; i < HEALTHY_PANES; i++) {
        falseAlarms += follower.next(world.healthy(pane++)).verdict() == Verdict.HEALTHY ? 0 : 1;
      }
      double before = follower.last().figures().get(Figure.PANE_CKA).orElseThrow();
      int delay = 1;
      while (follower.next(world.faulty(pane++, fault)).verdict() != Verdict.DIVERGED
          && delay < MOST_PANES) {
        delay++;
      }
      delays.add(delay);
      residual += follower.last().figures().get(Figure.RESIDUAL_STRATIFIED).orElseThrow() / WORLDS;
      cka += (follower.last().figures().get(Figure.PANE_CKA).orElseThrow() - before) / WORLDS;
      int recovery = 1;
      while (follower.next(world.healthy(pane++)).verdict() == Verdict.DIVERGED
          && recovery < MOST_PANES) {
        recovery++;
      }
      recoveries.add(recovery);
    }
    System.out.printf(
        Locale.ROOT,
        "%s: residual x%.2f, pane CKA %+.3f, delay median %d most %d,"
            + " recovery median %d most %d, false alarms %d in %d panes%n",
        fault,
        residual,
        cka,
        median(delays),
        delays.stream().max(Integer::compare).orElseThrow(),
        median(recoveries),
        recoveries.stream().max(Integer::compare).orElseThrow(),
        falseAlarms,
        WORLDS * HEALTHY_PANES);
  }

  private static void traffic() {
    double raw = 0;
    double stratified = 0;
    double worst = 0;
    double cka = 0;
    int alarms = 0;
    double[] mix = {1, 1, 1, 1, 4, 8};
    for (int seed = 1; seed <= WORLDS; seed++) {
      SyntheticWorld world = new SyntheticWorld(seed);
      Follower follower = Follower.armed(world);
      double before = follower.last().figures().get(Figure.CKA).orElseThrow();
      double ofWorld = 0;
      for (int i = 0; i < HEALTHY_PANES; i++) {
        Score score = follower.next(world.pane(BASELINE_PANES + i, PAIRS, mix, Fault.NONE));
        alarms += score.verdict() == Verdict.HEALTHY ? 0 : 1;
        raw += score.figures().get(Figure.RESIDUAL).orElseThrow() / WORLDS / HEALTHY_PANES;
        ofWorld += score.figures().get(Figure.RESIDUAL_STRATIFIED).orElseThrow() / HEALTHY_PANES;
      }
      stratified += ofWorld / WORLDS;
      worst = Math.max(worst, Math.abs(ofWorld - 1));
      cka += Math.abs(follower.last().figures().get(Figure.CKA).orElseThrow() - before) / WORLDS;
    }
    System.out.printf(
        Locale.ROOT,
        "traffic: raw residual x%.3f, stratified x%.3f (a world at most %.3f from 1), |CKA| moved"
            + " %.3f, alarms %d in %d panes%n",
        raw,
        stratified,
        worst,
        cka,
        alarms,
        WORLDS * HEALTHY_PANES);
  }

  private static int median(List<Integer> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
