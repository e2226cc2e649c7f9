package dev.parallax.cli.probe;

import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.core.probe.ProbeCycle;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the endpoint answered to every probe of a set, in one cycle.
 *
 * @param startMillis when the first request was sent
 * @param took until the last answer
 * @param model the model that the endpoint says it is
 * @param answers in the order of the set, all of one width
 */
record CycleAnswers(
    long startMillis, Duration took, Optional<String> model, List<Answered> answers) {

  CycleAnswers {
    answers = List.copyOf(answers);
  }

  /**
   * The answer to one probe.
   *
   * @param timeMillis when it came
   */
  record Answered(WireVector vector, long timeMillis) {}

  int width() {
    return answers.get(0).vector().dimension();
  }

  /** One line for a person, which ends in what became of the cycle. */
  String line(long number, String outcome) {
    return String.format(
        Locale.ROOT,
        "%s cycle %d: %d answers of width %d in %.1f s, %s",
        EventTime.format(startMillis),
        number,
        answers.size(),
        width(),
        took.toMillis() / 1000.0,
        outcome);
  }

  /**
   * For comparisons.
   *
   * @param keys of the probes, in the order of the set
   */
  ProbeCycle vectors(List<InputKey> keys) {
    Map<InputKey, float[]> vectors = new TreeMap<>();
    for (int i = 0; i < answers.size(); i++) {
      vectors.put(keys.get(i), answers.get(i).vector().toFloats());
    }
    return ProbeCycle.of(vectors);
  }
}
