package dev.parallax.cli.demo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.cli.demo.models.EmbeddingPlan.Progress;
import dev.parallax.cli.demo.traffic.CorpusText;
import dev.parallax.cli.demo.traffic.PlannedEvent;
import dev.parallax.cli.demo.traffic.TrafficPlan;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.FaultLayer;
import dev.parallax.core.embedding.InputKeyHasher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class EmbeddingPlanTest {

  private static final int TEXTS = 30;

  private final DemoInputs inputs =
      new DemoInputs(
          IntStream.range(0, TEXTS)
              .mapToObj(i -> new CorpusText("text number " + i, domain(i)))
              .toList(),
          new InputKeyHasher(new byte[16]));
  private final TrafficPlan plan = plan(8);
  private final FakeEncoders encoders = new FakeEncoders();

  private static String domain(int text) {
    return text < 12 ? "noun.animal" : text < 24 ? "names.german" : "noun.quantity";
  }

  private static TrafficShape shape(int panes) {
    return new TrafficShape(1, TrafficShape.EPOCH, Duration.ofMinutes(1), panes, 10);
  }

  private static TrafficPlan plan(int panes) {
    return new TrafficPlan(shape(panes), DemoFleet.names(), TEXTS);
  }

  private static DemoScenario with(FaultKind fault) {
    return new DemoScenario(Optional.of(fault));
  }

  private Answers quiet() {
    return new Answers(DemoScenario.QUIET, plan);
  }

  private static void awaitAll(EmbeddingPlan embeddings) throws InterruptedException {
    while (!embeddings.progress().complete()) {
      embeddings.awaitMoreThan(embeddings.progress().done(), TimeUnit.SECONDS.toNanos(10));
    }
  }

  static List<FaultKind> faults() {
    // Ten times the traffic needs more texts than there are here.
    return DemoScenario.faults().stream().filter(k -> k != FaultKind.TRAFFIC_X10).toList();
  }

  /**
   * In the longer plan the whole corpus has been seen long before the fault, and before the end.
   */
  @ParameterizedTest(name = "{0} panes")
  @ValueSource(ints = {8, 80})
  void everyAnswerOfThePlanIsMadeOnce(int panes) throws InterruptedException {
    TrafficPlan whole = with(FaultKind.TRUNCATION).plan(shape(panes), inputs);
    Answers answers = new Answers(with(FaultKind.TRUNCATION), whole);
    try (EmbeddingPlan embeddings = new EmbeddingPlan(whole, answers, inputs, encoders)) {
      embeddings.start(2);
      awaitAll(embeddings);

      for (PlannedEvent event : all(whole)) {
        String text = inputs.text(event.text()).text();
        Encoding encoding = answers.encodings(event.model(), event.timeMillis()).get(0);
        assertThat(answers.answer(event, embeddings).orElseThrow().toFloats())
            .isEqualTo(FakeEncoders.vectorOf(encoding, text));
      }
      assertThat(encoders.encoded).hasSize(embeddings.progress().total());
      assertThat(encoders.opened).doesNotHaveDuplicates().hasSize(4);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyFaultIsAnsweredFromThePlanAndSeenInItsModelAlone(FaultKind fault)
      throws InterruptedException {
    DemoScenario scenario = with(fault);
    TrafficPlan traffic = scenario.plan(shape(60), inputs);
    Answers healthy = new Answers(DemoScenario.QUIET, traffic);
    Answers faulty = new Answers(scenario, traffic);
    long faultMillis = traffic.shape().faultAt().toEpochMilli();
    boolean changesVectors =
        fault.layer() != FaultLayer.TRAFFIC && fault.layer() != FaultLayer.STREAM;
    try (EmbeddingPlan embeddings = new EmbeddingPlan(traffic, faulty, inputs, encoders)) {
      embeddings.start(2);
      awaitAll(embeddings);

      for (PlannedEvent event : all(traffic)) {
        float[] answer = faulty.answer(event, embeddings).orElseThrow().toFloats();
        boolean broken = event.model() == scenario.broken() && event.timeMillis() >= faultMillis;
        if (!broken) {
          assertThat(answer).isEqualTo(healthy.answer(event, embeddings).orElseThrow().toFloats());
        } else if (changesVectors && event.timeMillis() > faultMillis) {
          Encoding own = Encoding.of(DemoFleet.MODELS.get(event.model()).encoder());
          assertThat(answer)
              .isNotEqualTo(FakeEncoders.vectorOf(own, inputs.text(event.answerText()).text()));
        }
      }
    }
  }

  private static List<PlannedEvent> all(TrafficPlan plan) {
    return IntStream.range(0, plan.intervals())
        .mapToObj(plan::interval)
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void vectorsAreMadeInTheOrderInWhichTheTrafficNeedsThem() throws InterruptedException {
    try (EmbeddingPlan embeddings = new EmbeddingPlan(plan, quiet(), inputs, encoders)) {
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
    Answers answers = new Answers(with(FaultKind.MODEL_SWAP), plan);
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
        new EmbeddingPlan(plan, quiet(), inputs, FakeEncoders.withPermits(permits));
    embeddings.start(1);
    embeddings.awaitMoreThan(0, TimeUnit.SECONDS.toNanos(10));
    PlannedEvent first = plan.interval(0).get(0);

    assertThat(embeddings.progress().done()).isEqualTo(1);
    assertThat(quiet().answer(first, embeddings)).isPresent();
    assertThat(plan.interval(0).stream().filter(e -> quiet().answer(e, embeddings).isPresent()))
        .hasSize(1);

    permits.release(Integer.MAX_VALUE / 2);
    embeddings.close();
  }

  @Test
  void closingStopsTheWorkAndFreesEverything() throws InterruptedException {
    Semaphore permits = new Semaphore(5);
    FakeEncoders slow = FakeEncoders.withPermits(permits);
    EmbeddingPlan embeddings = new EmbeddingPlan(plan, quiet(), inputs, slow);
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
        new EmbeddingPlan(plan, quiet(), inputs, FakeEncoders.failing(failure))) {
      embeddings.start(2);

      assertThatThrownBy(() -> embeddings.awaitMoreThan(0, TimeUnit.SECONDS.toNanos(10)))
          .isSameAs(failure);
    }
  }
}
