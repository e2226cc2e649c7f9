package dev.parallax.jobs;

import org.jspecify.annotations.Nullable;

/** The job could not be started, drained or stopped. */
public final class MonitorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MonitorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
