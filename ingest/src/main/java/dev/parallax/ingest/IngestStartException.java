package dev.parallax.ingest;

/** Ingest cannot run against this cluster; the message says in one line what is missing. */
public final class IngestStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IngestStartException(String message) {
    super(message);
  }

  IngestStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
