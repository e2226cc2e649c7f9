package dev.parallax.ingest.client;

import java.util.Locale;

/** Why an event that was handed to {@link EmbeddingPublisher} did not reach the broker. */
public enum DropCause {
  /** As much is waiting as may wait: the broker is away or slower than the service. */
  QUEUE_FULL,
  /** The event or a part of it is over a limit. */
  TOO_LARGE,
  /** The event is one that ingest would turn away. */
  REJECTED,
  /**
   * The event was taken, and no broker said in time that it has it. It may be there all the same.
   */
  DELIVERY_FAILED,
  /** The publisher had been closed before. */
  CLOSED;

  /** The cause as it is written on counters, such as {@code queue-full}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
