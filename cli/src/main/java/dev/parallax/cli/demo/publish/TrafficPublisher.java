package dev.parallax.cli.demo.publish;

import dev.parallax.cli.demo.models.Answers;
import dev.parallax.cli.demo.models.DemoFleet;
import dev.parallax.cli.demo.models.DemoInputs;
import dev.parallax.cli.demo.models.EmbeddingPlan;
import dev.parallax.cli.demo.traffic.PlannedEvent;
import dev.parallax.cli.demo.traffic.TrafficPlan;
import dev.parallax.core.embedding.WireVector;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes a plan's traffic in its order and in time: never ahead of the clock that it moves, nor
 * of the embeddings.
 *
 * <p>{@link #run()} belongs to one thread; everything else may be called from any.
 */
public final class TrafficPublisher {

  /** Pause between looks at the clock; what fell due meanwhile goes out in one go. */
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final TrafficPlan plan;
  private final Answers answers;
  private final EmbeddingPlan embeddings;
  private final DemoRecords records;
  private final Producer<byte[], byte[]> producer;
  private final SimulatedClock clock;
  private final double speed;

  private final AtomicLong produced = new AtomicLong();
  private final AtomicLong producedBytes = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile boolean stopped;

  /**
   * A publisher.
   *
   * @param topic of one partition, so that the order of the plan is that of the topic
   * @param producer closed at the end of {@link #run()}
   * @param clock moved to the event time of the traffic
   * @param speed event time over wall time
   */
  public TrafficPublisher(
      TrafficPlan plan,
      Answers answers,
      DemoInputs inputs,
      EmbeddingPlan embeddings,
      Producer<byte[], byte[]> producer,
      String topic,
      SimulatedClock clock,
      double speed) {
    this.plan = plan;
    this.answers = answers;
    this.embeddings = embeddings;
    this.records = new DemoRecords(topic, DemoFleet.MODELS, inputs);
    this.producer = producer;
    this.clock = clock;
    this.speed = speed;
  }

  /** A producer that loses nothing and repeats nothing, for {@code bootstrapServers}. */
  public static Producer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.BATCH_SIZE_CONFIG,
            1 << 18),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /**
   * Publishes until the plan is done or {@link #stop()} is called. Everything counted as produced
   * is then acknowledged.
   *
   * @throws IllegalStateException if a record could not be published or the embeddings are of
   *     another plan
   */
  public void run() throws InterruptedException {
    try {
      Pace pace = new Pace(speed, System.nanoTime());
      for (int i = 0; i < plan.intervals() && !stopped; i++) {
        for (PlannedEvent event : plan.interval(i)) {
          publishWhenDue(event, pace);
        }
      }
      producer.flush();
      throwIfFailed();
    } finally {
      producer.close(stopped ? Duration.ZERO : CLOSE_TIMEOUT);
    }
  }

  private void publishWhenDue(PlannedEvent event, Pace pace) throws InterruptedException {
    double due = event.sendMillis() - plan.shape().startOf(0);
    Optional<WireVector> vector = answers.answer(event, embeddings);
    while (!stopped && vector.isEmpty()) {
      pace.advance(System.nanoTime(), due);
      boolean hope = embeddings.awaitMoreThan(embeddings.progress().done(), TICK_NANOS);
      vector = answers.answer(event, embeddings);
      if (vector.isEmpty() && !hope && !stopped) {
        throw new IllegalStateException("no vector was planned for " + event);
      }
    }
    while (!stopped && pace.advance(System.nanoTime(), Double.MAX_VALUE) < due) {
      pauseUntil(Math.max(pace.nanosUntil(due), TICK_NANOS));
    }
    if (!stopped) {
      throwIfFailed();
      publish(event, vector.orElseThrow());
    }
  }

  private synchronized void pauseUntil(long nanos) throws InterruptedException {
    if (!stopped) {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    }
  }

  private void publish(PlannedEvent event, WireVector vector) {
    clock.advanceTo(event.sendMillis());
    var record = records.of(event, vector);
    int bytes = record.value().length;
    producer.send(
        record,
        (metadata, exception) -> {
          if (exception == null) {
            produced.incrementAndGet();
            producedBytes.addAndGet(bytes);
          } else {
            failure.compareAndSet(null, exception);
          }
        });
  }

  private void throwIfFailed() {
    Exception cause = failure.get();
    if (cause != null && !stopped) {
      throw new IllegalStateException("a record could not be published", cause);
    }
  }

  /** Makes {@link #run()} return within milliseconds. */
  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Records that the broker has acknowledged, of every kind. */
  public long produced() {
    return produced.get();
  }

  /** Bytes of their values. */
  public long producedBytes() {
    return producedBytes.get();
  }
}
