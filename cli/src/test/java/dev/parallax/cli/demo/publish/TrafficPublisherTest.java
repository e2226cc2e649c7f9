package dev.parallax.cli.demo.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.cli.demo.models.Answers;
import dev.parallax.cli.demo.models.DemoFleet;
import dev.parallax.cli.demo.models.DemoInputs;
import dev.parallax.cli.demo.models.DemoScenario;
import dev.parallax.cli.demo.models.EmbeddingPlan;
import dev.parallax.cli.demo.models.FakeEncoders;
import dev.parallax.cli.demo.traffic.CorpusText;
import dev.parallax.cli.demo.traffic.PlannedEvent;
import dev.parallax.cli.demo.traffic.TrafficPlan;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.InputKeyHasher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TrafficPublisherTest {

  private static final double AT_ONCE = 1e9;
  private static final int TEXTS = 30;

  private final DemoInputs inputs =
      new DemoInputs(
          IntStream.range(0, TEXTS)
              .mapToObj(i -> new CorpusText("text number " + i, "noun.quantity"))
              .toList(),
          new InputKeyHasher(new byte[16]));
  private final TrafficPlan plan =
      new TrafficPlan(
          new TrafficShape(1, TrafficShape.EPOCH, Duration.ofMinutes(1), 14, 10),
          DemoFleet.names(),
          TEXTS);
  private final Answers answers = new Answers(new DemoScenario(Optional.of(FaultKind.INT8)), plan);
  private final MockProducer<byte[], byte[]> producer = producer(true);
  private final SimulatedClock clock = new SimulatedClock(TrafficShape.EPOCH);

  private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TrafficPublisher publisher(
      EmbeddingPlan embeddings, MockProducer<byte[], byte[]> to, double speed) {
    return publisher(embeddings, to, TrafficTime.simulated(clock, speed));
  }

  private TrafficPublisher publisher(
      EmbeddingPlan embeddings, MockProducer<byte[], byte[]> to, TrafficTime time) {
    DemoRecords records = new DemoRecords(DemoRecords.SOURCE, "source", DemoFleet.MODELS, inputs);
    return new TrafficPublisher(plan, answers, embeddings, records, to, time);
  }

  private EmbeddingPlan embeddings(FakeEncoders encoders) {
    EmbeddingPlan embeddings = new EmbeddingPlan(plan, answers, inputs, encoders);
    embeddings.start(2);
    return embeddings;
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private List<PlannedEvent> planned() {
    List<PlannedEvent> events = new ArrayList<>();
    for (int i = 0; i < plan.intervals(); i++) {
      events.addAll(plan.interval(i));
    }
    return events;
  }

  @Test
  void theWholePlanIsPublishedInItsOrder() throws InterruptedException {
    try (EmbeddingPlan embeddings = embeddings(new FakeEncoders())) {
      TrafficPublisher publisher = publisher(embeddings, producer, AT_ONCE);
      publisher.run();

      assertThat(publisher.produced()).isEqualTo(plan.totals().produced());
      assertThat(publisher.producedBytes())
          .isEqualTo(producer.history().stream().mapToLong(r -> r.value().length).sum());
    }
    assertThat(producer.history().stream().map(r -> header(r, EventHeaders.ID)))
        .isEqualTo(planned().stream().map(PlannedEvent::id).toList());
    assertThat(producer.closed()).isTrue();
    assertThat(clock.millis()).isEqualTo(planned().get(planned().size() - 1).sendMillis());
  }

  @Test
  void aRecordIsANativeEventWithItsText() throws InterruptedException {
    try (EmbeddingPlan embeddings = embeddings(new FakeEncoders())) {
      publisher(embeddings, producer, AT_ONCE).run();

      PlannedEvent planned = planned().get(11);
      ProducerRecord<byte[], byte[]> record = producer.history().get(11);
      EmbeddingEvent event =
          ((Decoded.Accepted) new EventCodec(EventLimits.DEFAULT).decode(record.value())).event();
      assertThat(record.topic()).isEqualTo("source");
      assertThat(header(record, EventHeaders.SPEC_VERSION)).isEqualTo("1.0");
      assertThat(header(record, EventHeaders.TYPE)).isEqualTo("dev.parallax.embedding.v1");
      assertThat(header(record, EventHeaders.TIME))
          .isEqualTo(EventTime.format(planned.timeMillis()));
      assertThat(header(record, EventHeaders.SUBJECT))
          .isEqualTo(DemoFleet.MODELS.get(planned.model()).subject());
      assertThat(header(record, EventHeaders.CONTENT_TYPE)).isEqualTo("application/protobuf");
      assertThat(event.model()).isEqualTo(DemoFleet.MODELS.get(planned.model()).name());
      assertThat(event.inputText()).contains(inputs.text(planned.text()).text());
      assertThat(event.inputKey()).isEmpty();
      assertThat(event.vector().toFloats())
          .isEqualTo(answers.answer(planned, embeddings).orElseThrow().toFloats());
    }
  }

  @Test
  void onlyTheBrokenModelSendsBytesAndOnlyFromTheFaultOn() throws InterruptedException {
    try (EmbeddingPlan embeddings = embeddings(new FakeEncoders())) {
      publisher(embeddings, producer, AT_ONCE).run();
    }
    List<PlannedEvent> planned = planned();
    for (int i = 0; i < planned.size(); i++) {
      boolean broken =
          planned.get(i).model() == DemoFleet.BROKEN
              && planned.get(i).timeMillis() >= plan.shape().faultAt().toEpochMilli();
      if (planned.get(i).malformation().isEmpty()) {
        byte[] value = producer.history().get(i).value();
        EmbeddingEvent event =
            ((Decoded.Accepted) new EventCodec(EventLimits.DEFAULT).decode(value)).event();
        assertThat(event.vector().dtype()).isEqualTo(broken ? Dtype.I8 : Dtype.F32);
      }
    }
  }

  @Test
  void trafficWaitsForItsEmbeddings() throws InterruptedException {
    Semaphore permits = new Semaphore(3);
    try (EmbeddingPlan embeddings = embeddings(FakeEncoders.withPermits(permits))) {
      TrafficPublisher publisher = publisher(embeddings, producer, AT_ONCE);
      Thread running = start(publisher);
      while (publisher.produced() < 1) {
        running.join(1);
      }

      assertThat(publisher.produced()).isLessThan(30);
      permits.release(Integer.MAX_VALUE / 2);
      running.join();
      assertThat(publisher.produced()).isEqualTo(plan.totals().produced());
    }
  }

  @Test
  void stoppingEndsItWhileItWaitsForTheClock() throws InterruptedException {
    try (EmbeddingPlan embeddings = embeddings(new FakeEncoders())) {
      TrafficPublisher publisher = publisher(embeddings, producer, 1e-6);
      Thread running = start(publisher);
      while (running.getState() != Thread.State.TIMED_WAITING) {
        running.join(1);
      }
      publisher.stop();
      running.join();

      assertThat(publisher.produced()).isLessThan(plan.totals().produced());
      assertThat(producer.closed()).isTrue();
    }
  }

  @Test
  void trafficDoesNotPassThePresentHoweverFastItComesToIt() throws InterruptedException {
    AtomicLong present = new AtomicLong(plan.shape().startOf(3));
    try (EmbeddingPlan embeddings = embeddings(new FakeEncoders())) {
      TrafficPublisher publisher =
          publisher(embeddings, producer, new TrafficTime(clock, AT_ONCE, present::get));
      Thread running = start(publisher);
      long due =
          planned().stream().filter(event -> event.sendMillis() <= plan.shape().startOf(3)).count();
      while (publisher.produced() < due) {
        running.join(1);
      }
      running.join(50);

      assertThat(publisher.produced()).isEqualTo(due);
      present.set(Long.MAX_VALUE);
      running.join();
      assertThat(publisher.produced()).isEqualTo(plan.totals().produced());
    }
  }

  @Test
  void aRecordThatCannotBePublishedFailsTheRun() {
    MockProducer<byte[], byte[]> broken = producer(false);
    broken.sendException = new IllegalStateException("the broker is gone");
    try (EmbeddingPlan embeddings = embeddings(new FakeEncoders())) {
      TrafficPublisher publisher = publisher(embeddings, broken, AT_ONCE);

      assertThatThrownBy(publisher::run).hasMessageContaining("the broker is gone");
    }
    assertThat(broken.closed()).isTrue();
  }

  @Test
  void embeddingsOfAnotherPlanFailTheRun() {
    TrafficPlan shorter =
        new TrafficPlan(
            new TrafficShape(2, TrafficShape.EPOCH, Duration.ofMinutes(1), 1, 10),
            DemoFleet.names(),
            TEXTS);
    try (EmbeddingPlan embeddings =
        new EmbeddingPlan(
            shorter, new Answers(DemoScenario.QUIET, shorter), inputs, new FakeEncoders())) {
      embeddings.start(1);

      assertThatThrownBy(publisher(embeddings, producer, AT_ONCE)::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("no vector was planned for PlannedEvent[");
    }
  }

  private static Thread start(TrafficPublisher publisher) {
    Thread thread =
        new Thread(
            () -> {
              try {
                publisher.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    return thread;
  }
}
