package dev.parallax.cli.demo.publish;

import dev.parallax.cli.demo.models.Answers;
import dev.parallax.cli.demo.models.EmbeddingPlan;
import dev.parallax.cli.demo.traffic.PlannedEvent;
import dev.parallax.cli.demo.traffic.TrafficPlan;
import dev.parallax.core.embedding.WireVector;
import java.time.Duration;
import java.util.HashMap;
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
  private final TrafficTime time;

  private final AtomicLong produced = new AtomicLong();
  private final AtomicLong producedBytes = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile boolean stopped;

  /**
   * A publisher.
   *
   * @param records what becomes of the plan's events
   * @param producer closed at the end of {@link #run()}
   * @param time when they go out
   */
  public TrafficPublisher(
      TrafficPlan plan,
      Answers answers,
      EmbeddingPlan embeddings,
      DemoRecords records,
      Producer<byte[], byte[]> producer,
      TrafficTime time) {
    this.plan = plan;
    this.answers = answers;
    this.embeddings = embeddings;
    this.records = records;
    this.producer = producer;
    this.time = time;
  }

  /** A producer that loses nothing and repeats nothing, for {@code bootstrapServers}. */
  public static Producer<byte[], byte[]> producer(String bootstrapServers) {
    return producer(bootstrapServers, Map.of());
  }

  /**
   * The same with further properties.
   *
   * @param client properties of every client
   */
  public static Producer<byte[], byte[]> producer(
      String bootstrapServers, Map<String, String> client) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
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
      Pace pace = new Pace(time.speed(), System.nanoTime());
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
    while (!stopped && pace.advance(System.nanoTime(), latest()) < due) {
      pauseUntil(Math.max(pace.nanosUntil(due), TICK_NANOS));
    }
    if (!stopped) {
      throwIfFailed();
      publish(event, vector.orElseThrow());
    }
  }

  private double latest() {
    return time.latestMillis().getAsLong() - plan.shape().startOf(0);
  }

  private synchronized void pauseUntil(long nanos) throws InterruptedException {
    if (!stopped) {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    }
  }

  private void publish(PlannedEvent event, WireVector vector) {
    time.clock().advanceTo(event.sendMillis());
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
