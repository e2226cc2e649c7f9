package dev.parallax.ingest.client;

import dev.parallax.core.embedding.Rejection;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events between the threads that publish them and the one that sends them, and the account of
 * what became of each. Thread-safe.
 *
 * <p>One lock guards everything, so the counts always add up. It is held for a few field accesses
 * at a time, never while encoding, sending or waiting.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>An accepted event is outstanding until it is delivered or failed, and then never again.
 *   <li>At most {@code maxEvents} events of together at most {@code maxBytes} are outstanding.
 *   <li>Once settled, nothing is outstanding and the account no longer changes, except that calls
 *       of {@code publish} go on being counted as {@link DropCause#CLOSED}.
 * </ol>
 */
final class Outbox {

  private final int maxEvents;
  private final long maxBytes;
  private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
  private final Map<DropCause, Long> dropped = new EnumMap<>(DropCause.class);
  private long accepted;
  private long delivered;
  private long outstanding;
  private long outstandingBytes;
  private boolean closed;
  private boolean settled;
  private @Nullable Rejection lastRejection;
  private @Nullable String lastFailure;

  Outbox(int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    for (DropCause cause : DropCause.values()) {
      dropped.put(cause, 0L);
    }
  }

  /**
   * Whether another event is worth encoding; if not, counts it as dropped. Keeps publishing cheap
   * while nothing can be taken.
   */
  synchronized boolean admits() {
    return admits(1);
  }

  /** Takes the event, or counts it as dropped. */
  synchronized boolean offer(Outgoing event) {
    if (!admits(event.bytes())) {
      return false;
    }
    accepted++;
    outstanding++;
    outstandingBytes += event.bytes();
    waiting.add(event);
    notifyAll();
    return true;
  }

  private boolean admits(long bytes) {
    if (closed) {
      drop(DropCause.CLOSED);
    } else if (outstanding >= maxEvents || outstandingBytes + bytes > maxBytes) {
      drop(DropCause.QUEUE_FULL);
    } else {
      return true;
    }
    return false;
  }

  /** Counts an event that was turned away. */
  synchronized void reject(Rejection rejection) {
    drop(
        rejection.reason() == Rejection.Reason.TOO_LARGE
            ? DropCause.TOO_LARGE
            : DropCause.REJECTED);
    lastRejection = rejection;
  }

  /** Waits for the next event; empty once the outbox is closed and every event was taken. */
  synchronized Optional<Outgoing> take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    return Optional.ofNullable(waiting.poll());
  }

  /** Counts an accepted event that the broker acknowledged. */
  synchronized void delivered(Outgoing event) {
    if (!settled) {
      delivered++;
      release(event);
    }
  }

  /** Counts an accepted event that no broker acknowledged. */
  synchronized void failed(Outgoing event, String why) {
    if (!settled) {
      drop(DropCause.DELIVERY_FAILED);
      lastFailure = why;
      release(event);
    }
  }

  /** Keeps what Kafka said last, where it concerns no event. */
  synchronized void note(String failure) {
    lastFailure = failure;
  }

  /** From here on, nothing is accepted. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Counts whatever is outstanding as failed, for good. */
  synchronized void settle(String why) {
    if (outstanding > 0) {
      dropped.merge(DropCause.DELIVERY_FAILED, outstanding, Long::sum);
      lastFailure = why;
    }
    waiting.clear();
    outstanding = 0;
    outstandingBytes = 0;
    settled = true;
  }

  synchronized PublisherCounts counts() {
    return new PublisherCounts(
        accepted,
        delivered,
        outstanding,
        dropped,
        Optional.ofNullable(lastRejection),
        Optional.ofNullable(lastFailure));
  }

  private void drop(DropCause cause) {
    dropped.merge(cause, 1L, Long::sum);
  }

  private void release(Outgoing event) {
    outstanding--;
    outstandingBytes -= event.bytes();
  }
}
