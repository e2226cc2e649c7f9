package dev.parallax.exporter.feed;

/**
 * Outcome of reading one record. A malformed record is a value, so it can never stop the feed.
 *
 * @param <T> what the record holds
 */
public sealed interface ReadResult<T> {

  /** The record's value. */
  record Value<T>(T value) implements ReadResult<T> {}

  /** Why there is none, in words that quote no more than a field's name. */
  record Malformed<T>(String detail) implements ReadResult<T> {}
}
