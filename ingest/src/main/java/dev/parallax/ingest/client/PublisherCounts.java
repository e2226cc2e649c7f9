package dev.parallax.ingest.client;

import dev.parallax.core.embedding.Rejection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the events handed to one {@link EmbeddingPublisher}, at one moment.
 *
 * <p>At every moment {@code accepted = delivered + dropped(DELIVERY_FAILED) + queued}, and every
 * call of {@code publish} is either accepted or dropped for one of the other causes.
 *
 * @param accepted events taken, those for which {@code publish} returned true
 * @param delivered events that the broker acknowledged
 * @param queued events taken of which nothing is known yet; none once the publisher is closed
 * @param droppedByCause events dropped, for every cause there is
 * @param lastRejection what was wrong with the last event that was too large or rejected; it never
 *     quotes the input
 * @param lastFailure what Kafka said when it last failed to take an event
 */
public record PublisherCounts(
    long accepted,
    long delivered,
    long queued,
    Map<DropCause, Long> droppedByCause,
    Optional<Rejection> lastRejection,
    Optional<String> lastFailure) {

  /** Copies the map. */
  public PublisherCounts {
    droppedByCause = Collections.unmodifiableMap(new EnumMap<>(droppedByCause));
  }

  /** Events dropped for {@code cause}. */
  public long dropped(DropCause cause) {
    return droppedByCause.getOrDefault(cause, 0L);
  }
}
