package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;

/** Leaves the reading of a body or an envelope early. */
public class RejectedBodyException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Rejection rejection;

  /** Leaves with this rejection. */
  public RejectedBodyException(Rejection rejection) {
    super(rejection.detail(), null, false, false);
    this.rejection = rejection;
  }

  /** Leaves for {@code reason}; the detail never holds the input. */
  public RejectedBodyException(Reason reason, String detail) {
    this(new Rejection(reason, detail));
  }

  /** Why. */
  public final Rejection rejection() {
    return rejection;
  }
}
