package dev.parallax.benchmarks.detection.rivals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The healthy panes that rules are fitted on: those that Parallax fits its baseline on, and as many
 * that it measures it on.
 *
 * @param fit panes of the fit
 * @param holdOut panes of other inputs
 */
public record RivalBaseline(List<RivalPane> fit, List<RivalPane> holdOut) {

  /** Copies the lists. */
  public RivalBaseline {
    fit = List.copyOf(fit);
    holdOut = List.copyOf(holdOut);
  }

  /** All panes. */
  List<RivalPane> all() {
    return Stream.concat(fit.stream(), holdOut.stream()).toList();
  }

  /** The vectors of panes, an array that is in several of them once. */
  static List<float[]> distinct(List<RivalPane> panes) {
    Set<float[]> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<float[]> distinct = new ArrayList<>();
    for (RivalPane pane : panes) {
      for (float[] vector : pane.vectors()) {
        if (seen.add(vector)) {
          distinct.add(vector);
        }
      }
    }
    return distinct;
  }

  /** At most {@code count} different vectors of the baseline, drawn at random. */
  float[][] sample(int count, Random random) {
    List<float[]> distinct = distinct(all());
    Collections.shuffle(distinct, random);
    return distinct.subList(0, Math.min(count, distinct.size())).toArray(float[][]::new);
  }
}
