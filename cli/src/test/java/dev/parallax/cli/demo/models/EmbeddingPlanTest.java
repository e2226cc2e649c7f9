package dev.parallax.cli.demo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.cli.demo.models.EmbeddingPlan.Progress;
import dev.parallax.cli.demo.traffic.CorpusText;
import dev.parallax.cli.demo.traffic.PlannedEvent;
import dev.parallax.cli.demo.traffic.TrafficPlan;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.core.embedding.InputKeyHasher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class EmbeddingPlanTest {

  private static final int TEXTS = 30;

  private final DemoInputs inputs =
      new DemoInputs(
          IntStream.range(0, TEXTS)
              .mapToObj(i -> new CorpusText("text number " + i, "noun.quantity"))
              .toList(),
          new InputKeyHasher(new byte[16]));
  private final TrafficPlan plan = plan(8);
  private final FakeEncoders encoders = new FakeEncoders();

  private static TrafficPlan plan(int panes) {
    return new TrafficPlan(
        new TrafficShape(1, TrafficShape.EPOCH, Duration.ofMinutes(1), panes, 10),
        DemoFleet.names(),
        TEXTS);
  }

  private Answers answers(Fault fault) {
    return answers(fault, plan);
  }

  private static Answers answers(Fault fault, TrafficPlan plan) {
    return new Answers(
        DemoFleet.MODELS, DemoFleet.BROKEN, fault, plan.shape().faultAt().toEpochMilli());
  }

  private static void awaitAll(EmbeddingPlan embeddings) throws InterruptedException {
    while (!embeddings.progress().complete()) {
      embeddings.awaitMoreThan(embeddings.progress().done(), TimeUnit.SECONDS.toNanos(10));
    }
  }

  /**
   * In the longer plan the whole corpus has been seen long before the fault, and before the end.
   */
  @ParameterizedTest(name = "{0} panes")
  @ValueSource(ints = {8, 80})
  void everyAnswerOfThePlanIsMadeOnce(int panes) throws InterruptedException {
    TrafficPlan whole = plan(panes);
    Answers answers = answers(Fault.TRUNCATION, whole);
    try (EmbeddingPlan embeddings = new EmbeddingPlan(whole, answers, inputs, encoders)) {
      embeddings.start(2);
      awaitAll(embeddings);

      for (int i = 0; i < whole.intervals(); i++) {
        for (PlannedEvent event : whole.interval(i)) {
          String text = inputs.text(event.text()).text();
          assertThat(answers.answer(event, embeddings, inputs).orElseThrow())
              .isEqualTo(FakeEncoders.vectorOf(answers.encoding(event), text));
        }
      }
      assertThat(encoders.encoded).hasSize(embeddings.progress().total());
      assertThat(encoders.opened).doesNotHaveDuplicates().hasSize(4);
    }
  }

  @Test
  void vectorsAreMadeInTheOrderInWhichTheTrafficNeedsThem() throws InterruptedException {
    try (EmbeddingPlan embeddings =
        new EmbeddingPlan(plan, answers(Fault.NONE), inputs, encoders)) {
      embeddings.start(1);
      awaitAll(embeddings);
    }

    List<String> needed = new ArrayList<>();
    for (PlannedEvent event : plan.interval(0)) {
      needed.add(inputs.text(event.text()).text());
    }
    assertThat(encoders.encoded.get(0)).isEqualTo(needed.get(0));
    assertThat(encoders.encoded.subList(0, 3 * 10)).containsAll(needed);
  }

  @Test
  void aSecondRunMakesNothing() throws InterruptedException {
    Answers answers = answers(Fault.MODEL_SWAP);
    for (int run = 0; run < 2; run++) {
      try (EmbeddingPlan embeddings = new EmbeddingPlan(plan, answers, inputs, encoders)) {
        embeddings.start(2);
        awaitAll(embeddings);
        int total = embeddings.progress().total();
        assertThat(embeddings.progress())
            .isEqualTo(new Progress(total, total, run == 0 ? total : 0));
      }
    }
    assertThat(encoders.opened).doesNotHaveDuplicates();
  }

  @Test
  void whatIsNotMadeYetIsAbsent() throws InterruptedException {
    Semaphore permits = new Semaphore(1);
    EmbeddingPlan embeddings =
        new EmbeddingPlan(plan, answers(Fault.NONE), inputs, FakeEncoders.withPermits(permits));
    embeddings.start(1);
    embeddings.awaitMoreThan(0, TimeUnit.SECONDS.toNanos(10));
    PlannedEvent first = plan.interval(0).get(0);

    assertThat(embeddings.progress().done()).isEqualTo(1);
    assertThat(answers(Fault.NONE).answer(first, embeddings, inputs)).isPresent();
    assertThat(
            plan.interval(0).stream()
                .filter(e -> answers(Fault.NONE).answer(e, embeddings, inputs).isPresent()))
        .hasSize(1);

    permits.release(Integer.MAX_VALUE / 2);
    embeddings.close();
  }

  @Test
  void closingStopsTheWorkAndFreesEverything() throws InterruptedException {
    Semaphore permits = new Semaphore(5);
    FakeEncoders slow = FakeEncoders.withPermits(permits);
    EmbeddingPlan embeddings = new EmbeddingPlan(plan, answers(Fault.NONE), inputs, slow);
    embeddings.start(2);
    embeddings.awaitMoreThan(4, TimeUnit.SECONDS.toNanos(10));
    Thread closing = new Thread(embeddings::close);
    closing.start();
    while (closing.getState() != Thread.State.WAITING) {
      closing.join(1);
    }
    permits.release(2);
    closing.join();

    assertThat(slow.encoded.size()).isLessThanOrEqualTo(7);
    assertThat(slow.closed).hasValue(slow.opened.size() + 3);
  }

  @Test
  void aFailingEncoderReachesWhoeverWaits() throws InterruptedException {
    RuntimeException failure = new IllegalStateException("no such operator");
    try (EmbeddingPlan embeddings =
        new EmbeddingPlan(plan, answers(Fault.NONE), inputs, FakeEncoders.failing(failure))) {
      embeddings.start(2);

      assertThatThrownBy(() -> embeddings.awaitMoreThan(0, TimeUnit.SECONDS.toNanos(10)))
          .isSameAs(failure);
    }
  }

  @Test
  void onlyTheBrokenModelAnswersDifferentlyAndOnlyFromTheFaultOn() throws InterruptedException {
    Answers healthy = answers(Fault.NONE);
    Answers faulty = answers(Fault.ZEROED_DIMENSIONS);
    long faultMillis = plan.shape().faultAt().toEpochMilli();
    try (EmbeddingPlan embeddings = new EmbeddingPlan(plan, healthy, inputs, encoders)) {
      embeddings.start(2);
      awaitAll(embeddings);

      for (int i = 0; i < plan.intervals(); i++) {
        for (PlannedEvent event : plan.interval(i)) {
          boolean same =
              Arrays.equals(
                  healthy.answer(event, embeddings, inputs).orElseThrow(),
                  faulty.answer(event, embeddings, inputs).orElseThrow());
          assertThat(!same)
              .isEqualTo(event.model() == DemoFleet.BROKEN && event.timeMillis() >= faultMillis);
        }
      }
    }
  }
}
