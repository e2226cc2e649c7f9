package dev.parallax.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {

  /** A program that waits to be stopped and says how it went. */
  static final class Waiting {

    public static void main(String[] arguments) throws Exception {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hooks run")));
      System.exit(
          Interrupt.during(
              interrupt -> {
                interrupt.onRequest(() -> System.out.println("told"));
                System.out.println("ready");
                interrupt.await();
                System.out.println("closing");
                return 1;
              }));
    }

    private Waiting() {}
  }

  @TempDir Path folder;

  @Test
  void aSignalLetsTheCommandCloseInOrderAndExitWithZero() throws Exception {
    try (CommandProcess process = CommandProcess.start(folder, Waiting.class)) {
      process.awaitLine("ready");

      assertThat(process.stop()).containsExactly("ready", "told", "closing", "hooks run");
      assertThat(process.exitCode()).isZero();
    }
  }

  @Test
  void withoutARequestTheResultOfTheCommandCounts() throws Exception {
    assertThat(Interrupt.during(interrupt -> interrupt.await(Duration.ofMillis(1)) ? 0 : 7))
        .isEqualTo(7);
    assertThatThrownBy(
            () ->
                Interrupt.during(
                    interrupt -> {
                      throw new IllegalStateException("own fault");
                    }))
        .hasMessage("own fault");
  }

  @Test
  void whatARequestBreaksIsNoFailure() throws Exception {
    AtomicInteger told = new AtomicInteger();

    int exitCode =
        Interrupt.during(
            interrupt -> {
              interrupt.onRequest(told::incrementAndGet);
              interrupt.request();
              interrupt.onRequest(told::incrementAndGet);
              assertThat(interrupt.requested()).isTrue();
              throw new InterruptedException("in the middle of start-up");
            });

    assertThat(exitCode).isZero();
    assertThat(told).hasValue(2);
  }
}
