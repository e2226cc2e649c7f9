package dev.parallax.cli.probe;

import dev.parallax.cli.CliException;
import dev.parallax.cli.Terminal;
import dev.parallax.cli.probe.CycleException.Kind;
import java.time.Duration;

/**
 * Runs cycles one after the other, prints a line for each, and outlives those that fail.
 *
 * <p>Only when the very first cycle is refused, as with a wrong key or address, is that the end:
 * all of them would be.
 */
final class Cycles {

  private final Terminal terminal;
  private final ProbeSender sender;
  private final Pauses pauses;
  private final Duration every;
  private final long count;

  /**
   * Cycles.
   *
   * @param every from the start of one to the start of the next
   * @param count how many
   */
  Cycles(Terminal terminal, ProbeSender sender, Pauses pauses, Duration every, long count) {
    this.terminal = terminal;
    this.sender = sender;
    this.pauses = pauses;
    this.every = every;
    this.count = count;
  }

  /** What is done with the answers of a cycle. */
  interface Use {

    /**
     * Uses them.
     *
     * @return the line to print
     */
    String of(long number, CycleAnswers cycle) throws CycleException, InterruptedException;
  }

  /** How many there are to be. */
  long count() {
    return count;
  }

  /**
   * Runs them.
   *
   * @throws CliException at the end if any failed, or at once if the first one is refused
   */
  void run(Use use) throws InterruptedException {
    long failed = 0;
    String lastFailure = "";
    for (long number = 1; number <= count; number++) {
      long end = System.nanoTime() + every.toNanos();
      try {
        terminal.out().println(use.of(number, sender.cycle(number)));
      } catch (CycleException e) {
        if (number == 1 && e.kind() == Kind.REFUSED) {
          throw CliException.failure(String.valueOf(e.getMessage()), e);
        }
        failed++;
        lastFailure = String.valueOf(e.getMessage());
        terminal.err().println("cycle " + number + " failed: " + lastFailure);
      }
      if (number < count) {
        pauses.pause(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    }
    if (failed > 0) {
      throw CliException.failure(
          failed + " of " + count + " cycles failed, the last one: " + lastFailure);
    }
  }
}
