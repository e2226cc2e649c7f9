package dev.parallax.ingest.source;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;

/** Leaves the reading of a record early; never leaves this package. */
final class RejectedRecordException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Rejection rejection;

  RejectedRecordException(Rejection rejection) {
    super(rejection.detail(), null, false, false);
    this.rejection = rejection;
  }

  RejectedRecordException(Reason reason, String detail) {
    this(new Rejection(reason, detail));
  }

  Rejection rejection() {
    return rejection;
  }
}
