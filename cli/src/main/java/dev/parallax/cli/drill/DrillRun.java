package dev.parallax.cli.drill;

import dev.parallax.cli.CliException;
import dev.parallax.cli.ExitCode;
import dev.parallax.cli.Interrupt;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.demo.view.ScoreReading;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.core.drill.Shadow;
import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.ingest.client.NativeEventRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * One drill: publishes the shadow series in real time, since events ahead of time would make those
 * of all other models late, and judges what is said of it.
 */
final class DrillRun {

  private static final String SOURCE = "/parallax/drill";

  private final DrillPlan plan;
  private final ShadowTraffic traffic;
  private final ParallaxConfig config;
  private final RecordReader reader;
  private final Terminal terminal;
  private final Interrupt interrupt;
  private final Clock clock;
  private final Judgement judgement;
  private final String run = UUID.randomUUID().toString();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Map<TopicPartition, Long> read = new HashMap<>();

  DrillRun(
      DrillPlan plan,
      ShadowTraffic traffic,
      ParallaxConfig config,
      RecordReader reader,
      Terminal terminal,
      Interrupt interrupt,
      Clock clock) {
    this.plan = plan;
    this.traffic = traffic;
    this.config = config;
    this.reader = reader;
    this.terminal = terminal;
    this.interrupt = interrupt;
    this.clock = clock;
    this.judgement = new Judgement(plan);
  }

  /** Runs the drill; returns early when asked to stop. */
  int run() throws InterruptedException {
    long length = plan.pane().toMillis();
    Instant begin = Instant.ofEpochMilli((clock.millis() / length + 1) * length);
    Instant faultAt = begin.plus(plan.pane().multipliedBy(plan.healthyPanes()));
    Instant end = faultAt.plus(plan.pane().multipliedBy(plan.faultyPanes()));
    say(
        "From "
            + begin
            + " on "
            + Shadow.of(plan.model())
            + "/"
            + plan.version()
            + " is published.");
    say("From " + faultAt + " to " + end + ": " + plan.fault().description() + ".");
    say("It should then be called " + plan.fault().verdict().label() + ".");
    read.putAll(reader.ends(reader.partitions(config.topics().names().scores())));
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int pane = 0; pane < plan.healthyPanes() + plan.faultyPanes(); pane++) {
        int since = pane - plan.healthyPanes();
        Instant start = begin.plus(plan.pane().multipliedBy(pane));
        publish(producer, start, since < 0 ? traffic.healthy(pane) : traffic.faulty(pane, since));
        if (interrupt.requested()) {
          return ExitCode.OK;
        }
        if (plan.judged() && isOver(since, faultAt)) {
          break;
        }
      }
    }
    return plan.judged() ? judge(faultAt, end) : ExitCode.OK;
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>(config.kafka().clientProperties());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Brokers.PATIENCE.toMillis());
    try {
      return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw CliException.failure("cannot write: " + e.getMessage(), e);
    }
  }

  /** Publishes a pane's events evenly over the pane; returns at its end. */
  private void publish(
      KafkaProducer<byte[], byte[]> producer, Instant start, List<EmbeddingEvent> events)
      throws InterruptedException {
    for (int i = 0; i < events.size() && !interrupt.requested(); i++) {
      long time = start.toEpochMilli() + i * plan.pane().toMillis() / events.size();
      awaitUntil(Instant.ofEpochMilli(time));
      String id = run + "-" + start.toEpochMilli() + "-" + i;
      producer.send(
          NativeEventRecord.of(events.get(i), id, SOURCE, time, config.topics().names().events()),
          (metadata, e) -> failure.compareAndSet(null, e));
      throwIfFailed();
    }
    producer.flush();
    throwIfFailed();
    awaitUntil(start.plus(plan.pane()));
  }

  private void throwIfFailed() {
    Exception cause = failure.get();
    if (cause != null) {
      throw CliException.failure("cannot write: " + cause.getMessage(), cause);
    }
  }

  private void awaitUntil(Instant time) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), time);
    if (left.compareTo(Duration.ZERO) > 0) {
      interrupt.await(left);
    }
  }

  /**
   * Whether the drill is over before its last pane.
   *
   * @param since panes since the fault began; below zero before
   */
  private boolean isOver(int since, Instant faultAt) {
    follow(faultAt);
    if (since == 0) {
      judgement
          .unready()
          .ifPresent(
              reason -> {
                throw CliException.failure("the drill proves nothing: " + reason);
              });
    }
    return judgement.decided();
  }

  private int judge(Instant faultAt, Instant end) throws InterruptedException {
    Instant deadline = end.plus(plan.grace());
    follow(faultAt);
    // What is harmless has passed only when the last pane has.
    while (!judgement.decided() && clock.instant().isBefore(deadline) && !interrupt.requested()) {
      interrupt.await(Duration.ofSeconds(1));
      follow(faultAt);
    }
    if (interrupt.requested()) {
      return ExitCode.OK;
    }
    say(judgement.outcome());
    return judgement.passed() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void follow(Instant faultAt) {
    Map<TopicPartition, Long> ends = reader.ends(List.copyOf(read.keySet()));
    reader.read(
        Map.copyOf(read),
        ends,
        record -> {
          if (record.value() != null) {
            judgement.accept(ScoreReading.parse(record.value()), faultAt);
          }
        });
    read.putAll(ends);
  }

  private void say(String line) {
    terminal.out().println(line);
    terminal.out().flush();
  }
}
