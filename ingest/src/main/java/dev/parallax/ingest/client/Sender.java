package dev.parallax.ingest.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of an {@link Outbox} to Kafka, on a thread of its own: {@code send} waits for
 * metadata and for memory, and opening a producer for the broker's name to resolve.
 */
final class Sender implements Runnable {

  private static final Duration PAUSE_BETWEEN_OPENINGS = Duration.ofSeconds(1);

  private final Outbox outbox;
  private final Map<String, Object> properties;
  private final long deliveryTimeoutNanos;
  private volatile long closeDeadlineNanos;
  private volatile boolean sending = true;

  Sender(Outbox outbox, Map<String, Object> properties, Duration deliveryTimeout) {
    this.outbox = outbox;
    this.properties = properties;
    this.deliveryTimeoutNanos = deliveryTimeout.toNanos();
  }

  /** When to give up once the outbox is closed; to be called before it is. */
  void closeBy(long deadlineNanos) {
    closeDeadlineNanos = deadlineNanos;
  }

  /** Whether the thread may be held up in a call that only an interrupt ends. */
  boolean isSending() {
    return sending;
  }

  @Override
  public void run() {
    @Nullable Producer<byte[], byte[]> producer = null;
    try {
      producer = open();
      sendAll(producer);
    } catch (InterruptedException e) {
      // Only closing interrupts this thread, when its time is over.
      outbox.note("closed before everything was sent");
    } finally {
      sending = false;
      if (producer != null) {
        close(producer);
      }
    }
  }

  /** A producer; tries until there is one, since a broker's name may not resolve yet. */
  private Producer<byte[], byte[]> open() throws InterruptedException {
    while (true) {
      try {
        return new KafkaProducer<>(properties);
      } catch (KafkaException e) {
        outbox.note(reason(e));
      }
      Thread.sleep(PAUSE_BETWEEN_OPENINGS.toMillis());
    }
  }

  private void sendAll(Producer<byte[], byte[]> producer) throws InterruptedException {
    for (Optional<Outgoing> next = outbox.take(); next.isPresent(); next = outbox.take()) {
      Outgoing event = next.get();
      if (System.nanoTime() - event.acceptedNanos() > deliveryTimeoutNanos) {
        outbox.failed(event, "waited longer than the delivery timeout");
      } else {
        send(producer, event);
      }
    }
  }

  /** Whatever {@code send} throws is the end of this event only, never of the thread. */
  private void send(Producer<byte[], byte[]> producer, Outgoing event) throws InterruptedException {
    try {
      producer.send(
          event.record(),
          (metadata, failure) -> {
            if (failure == null) {
              outbox.delivered(event);
            } else {
              outbox.failed(event, reason(failure));
            }
          });
    } catch (InterruptException e) {
      outbox.failed(event, "closed before it was sent");
      throw new InterruptedException();
    } catch (RuntimeException e) {
      outbox.failed(event, reason(e));
    }
  }

  private void close(Producer<byte[], byte[]> producer) {
    // An interrupt has done its work by now, and would keep the producer from its last callbacks.
    Thread.interrupted();
    long left = Math.max(0, closeDeadlineNanos - System.nanoTime());
    try {
      producer.close(Duration.ofNanos(left));
    } catch (KafkaException e) {
      outbox.note(reason(e));
    }
  }

  private static String reason(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
