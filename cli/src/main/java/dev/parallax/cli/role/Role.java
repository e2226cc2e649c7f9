package dev.parallax.cli.role;

import java.util.Optional;

/** A role at work in this process. */
interface Role extends AutoCloseable {

  /** What it does and where, for the line that says it has started. */
  String description();

  /** Why it no longer works; empty while it does. */
  Optional<String> failure();

  /** Stops it in order; what it promised to keep is kept. */
  @Override
  void close();
}
