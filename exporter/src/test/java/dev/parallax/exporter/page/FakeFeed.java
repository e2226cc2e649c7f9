package dev.parallax.exporter.page;

import dev.parallax.exporter.feed.FeedStatus;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A feed in whatever state a test wants it. */
final class FakeFeed implements Supplier<FeedStatus> {

  volatile FeedStatus status =
      new FeedStatus(true, true, true, Optional.empty(), Map.of(), Map.of(), Map.of());

  @Override
  public FeedStatus get() {
    return status;
  }
}
