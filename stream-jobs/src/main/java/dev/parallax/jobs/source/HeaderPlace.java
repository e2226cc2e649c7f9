package dev.parallax.jobs.source;

import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Finds a header where it was found last: records of one writer have their headers in one order,
 * and looking at a name means to decode it. Not thread-safe.
 */
final class HeaderPlace {

  private final String name;
  private int place;

  HeaderPlace(String name) {
    this.name = name;
  }

  /**
   * The value of the header, if it is among these; of several the first where it was found last,
   * else any.
   */
  byte @Nullable [] valueIn(Header[] headers) {
    if (place < headers.length && headers[place].key().equals(name)) {
      return headers[place].value();
    }
    for (int i = 0; i < headers.length; i++) {
      if (headers[i].key().equals(name)) {
        place = i;
        return headers[i].value();
      }
    }
    return null;
  }
}
