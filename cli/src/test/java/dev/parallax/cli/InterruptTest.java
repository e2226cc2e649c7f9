package dev.parallax.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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

  @Test
  void aSignalLetsTheCommandCloseInOrderAndExitWithZero() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("ready");
      process.toHandle().destroy();
      assertThat(out.lines()).containsExactly("told", "closing", "hooks run");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
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
