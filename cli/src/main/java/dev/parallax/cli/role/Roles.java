package dev.parallax.cli.role;

import dev.parallax.cli.CliException;
import dev.parallax.cli.Interrupt;
import dev.parallax.cli.Terminal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The roles of one process, started in order and stopped in reverse. */
final class Roles implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Terminal terminal;
  private final Deque<Role> started = new ArrayDeque<>();

  Roles(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Takes a role that has started and says what it does. */
  <R extends Role> R add(R role) {
    started.push(role);
    terminal.err().println(role.description());
    return role;
  }

  /**
   * Waits until a stop is asked for.
   *
   * @throws CliException if a role stops working before
   */
  void awaitStop(Interrupt interrupt) throws InterruptedException {
    while (!interrupt.await(BETWEEN_LOOKS)) {
      for (Role role : started) {
        Optional<String> failure = role.failure();
        if (failure.isPresent()) {
          throw CliException.failure(failure.get());
        }
      }
    }
  }

  /** Stops all of them, the last started first. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }
}
