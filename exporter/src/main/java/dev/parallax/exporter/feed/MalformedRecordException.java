package dev.parallax.exporter.feed;

/**
 * Leaves a reader at the first fault; readers turn it into {@link ReadResult.Malformed}. It has no
 * stack trace: where a record is wrong is in the message.
 */
final class MalformedRecordException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedRecordException(String message) {
    super(message, null, false, false);
  }
}
