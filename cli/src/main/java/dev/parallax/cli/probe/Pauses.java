package dev.parallax.cli.probe;

import dev.parallax.cli.CliException;
import dev.parallax.cli.Interrupt;
import java.time.Duration;

/** Waits between requests and cycles, which end when the command is to stop. */
interface Pauses {

  /**
   * Waits.
   *
   * @throws CliException if the command is to stop
   */
  void pause(Duration time) throws InterruptedException;

  /** Pauses that end with the interrupt. */
  static Pauses until(Interrupt interrupt) {
    return time -> {
      if (interrupt.requested() || interrupt.await(time)) {
        throw CliException.failure("stopped");
      }
    };
  }
}
