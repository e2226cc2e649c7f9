package dev.parallax.core.watch;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.probe.ProbeCycle;
import dev.parallax.core.probe.ProbeSet;
import dev.parallax.core.watch.ProbeAnswer.Cycle;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A cycle whose answers are still coming in.
 *
 * @param cycle which
 * @param answers so far
 */
record OpenCycle(Cycle cycle, ProbeCycle answers) {

  /** A cycle with its first answers, at least one. */
  static OpenCycle of(Cycle cycle, List<ProbeAnswer> answers) {
    return new OpenCycle(cycle, cycleOf(new TreeMap<>(), answers.get(0).width(), answers));
  }

  /** The cycle with further answers; the first to a probe stays. */
  OpenCycle with(List<ProbeAnswer> further) {
    Map<InputKey, float[]> vectors = new TreeMap<>();
    answers.keys().forEach(key -> vectors.put(key, answers.vector(key).orElseThrow()));
    return new OpenCycle(cycle, cycleOf(vectors, answers.width(), further));
  }

  /** Whether all probes are answered. */
  boolean isWhole() {
    return answers.size() >= cycle.probes();
  }

  /** Answers of another width than the first are left out, as if they had not come. */
  private static ProbeCycle cycleOf(
      Map<InputKey, float[]> vectors, int width, List<ProbeAnswer> answers) {
    for (ProbeAnswer answer : answers) {
      if (answer.width() == width && vectors.size() < ProbeSet.MAX_PROBES) {
        vectors.putIfAbsent(answer.key(), answer.vector());
      }
    }
    return ProbeCycle.of(vectors);
  }
}
