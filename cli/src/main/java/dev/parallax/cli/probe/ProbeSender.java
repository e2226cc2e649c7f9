package dev.parallax.cli.probe;

import dev.parallax.cli.probe.CycleAnswers.Answered;
import dev.parallax.cli.probe.CycleException.Kind;
import dev.parallax.core.probe.ProbeSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends a set of probes, in batches, no faster than it may, and again what failed for the moment.
 *
 * <p>Every cycle sends the probes in an order of its own, so that a text shares its batch with
 * others each time: a quantised model answers by the batch, and repeats in one order would hide it.
 */
final class ProbeSender {

  private final EmbeddingsEndpoint endpoint;
  private final ProbeSet set;
  private final int batch;
  private final Duration spacing;
  private final Backoff backoff;
  private final Pauses pauses;
  private final Clock clock;
  private final Random jitter;
  private long nextNanos = System.nanoTime();

  /**
   * A sender.
   *
   * @param batch most texts of a request
   * @param spacing least time from request to request, tries that failed included
   * @param jitter of the waits after failures
   */
  ProbeSender(
      EmbeddingsEndpoint endpoint,
      ProbeSet set,
      int batch,
      Duration spacing,
      Backoff backoff,
      Pauses pauses,
      Clock clock,
      Random jitter) {
    this.endpoint = endpoint;
    this.set = set;
    this.batch = batch;
    this.spacing = spacing;
    this.backoff = backoff;
    this.pauses = pauses;
    this.clock = clock;
    this.jitter = jitter;
  }

  /**
   * Sends every probe and waits for all answers.
   *
   * @param number of the cycle, which decides the order
   * @throws CycleException if one cannot be had
   */
  CycleAnswers cycle(long number) throws CycleException, InterruptedException {
    List<Integer> order = new ArrayList<>(IntStream.range(0, set.size()).boxed().toList());
    Collections.shuffle(order, new Random(number));
    @Nullable Answered[] answers = new Answered[set.size()];
    Optional<String> model = Optional.empty();
    long startMillis = clock.millis();
    long start = System.nanoTime();
    int width = 0;
    for (int from = 0; from < order.size(); from += batch) {
      List<Integer> part = order.subList(from, Math.min(order.size(), from + batch));
      EmbeddingsBody.Answer answer =
          insistently(part.stream().map(i -> set.probes().get(i).text()).toList());
      model = answer.model();
      for (int i = 0; i < part.size(); i++) {
        Answered answered = new Answered(answer.vectors().get(i), clock.millis());
        width = sameWidth(width, answered.vector().dimension());
        answers[part.get(i)] = answered;
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new CycleAnswers(startMillis, took, model, Arrays.asList(answers));
  }

  private static int sameWidth(int width, int next) throws CycleException {
    if (width != 0 && width != next) {
      throw new CycleException(
          Kind.UNUSABLE,
          "expected embeddings of one width, the answers have " + width + " and " + next);
    }
    return next;
  }

  private EmbeddingsBody.Answer insistently(List<String> texts)
      throws CycleException, InterruptedException {
    for (int failures = 1; ; failures++) {
      pauseForRate();
      try {
        return endpoint.embed(texts);
      } catch (CycleException e) {
        Optional<Duration> wait =
            e.kind() == Kind.PASSING
                ? backoff.after(failures, e.retryAfter(), jitter)
                : Optional.empty();
        if (wait.isEmpty()) {
          throw failures == 1
              ? e
              : new CycleException(
                  e.kind(), e.getMessage() + " (" + failures + " tries)", e.retryAfter());
        }
        pauses.pause(wait.get());
      }
    }
  }

  private void pauseForRate() throws InterruptedException {
    long wait = nextNanos - System.nanoTime();
    pauses.pause(Duration.ofNanos(Math.max(0, wait)));
    nextNanos = Math.max(nextNanos, System.nanoTime()) + spacing.toNanos();
  }
}
