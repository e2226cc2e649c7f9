package dev.parallax.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A person or a supervisor asking a long-running command to stop: Ctrl-C or {@code SIGTERM}.
 *
 * <p>The signal is a request, not a death: the command's own thread notices it, closes what it
 * opened in the right order and returns {@value ExitCode#OK}. Shutdown hooks would run all at once
 * and leave 130 as the exit code. A second signal ends the process at once.
 */
public final class Interrupt implements AutoCloseable {

  /** A command that may be asked to stop. */
  public interface Body {

    /**
     * Runs until done or asked to stop.
     *
     * @return the exit code when it was not asked to stop
     */
    int run(Interrupt interrupt) throws Exception;
  }

  private static final List<String> SIGNALS = List.of("INT", "TERM");
  private static final int HARD_STOP = 130;

  private final AtomicBoolean requested = new AtomicBoolean();
  private final CountDownLatch told = new CountDownLatch(1);
  private final List<Runnable> callbacks = new ArrayList<>();
  private final List<Runnable> restores = new ArrayList<>();

  private Interrupt() {}

  /**
   * Runs {@code body} with the signals turned into requests.
   *
   * @return {@value ExitCode#OK} if it was asked to stop, however it then ended; else what it
   *     returned
   * @throws Exception what it threw when it was not asked to stop
   */
  public static int during(Body body) throws Exception {
    try (Interrupt interrupt = new Interrupt()) {
      interrupt.install();
      try {
        int exitCode = body.run(interrupt);
        return interrupt.requested() ? ExitCode.OK : exitCode;
      } catch (Exception e) {
        if (interrupt.requested()) {
          return ExitCode.OK;
        }
        throw e;
      }
    }
  }

  /** Whether a stop was asked for. */
  public boolean requested() {
    return requested.get();
  }

  /** Waits until a stop is asked for and the callbacks have run. */
  public void await() throws InterruptedException {
    told.await();
  }

  /**
   * As {@link #await()}, at most for {@code limit}.
   *
   * @return whether a stop was asked for
   */
  public boolean await(Duration limit) throws InterruptedException {
    return told.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Calls {@code callback} once when a stop is asked for, on the thread of the signal, or at once
   * if it already was. Keep it short: wake a thread, close a consumer.
   */
  public void onRequest(Runnable callback) {
    boolean late;
    synchronized (callbacks) {
      late = requested();
      if (!late) {
        callbacks.add(callback);
      }
    }
    if (late) {
      callback.run();
    }
  }

  /** Asks for a stop, as the signal does; a second time ends the process at once. */
  public void request() {
    List<Runnable> due;
    synchronized (callbacks) {
      if (requested.getAndSet(true)) {
        Runtime.getRuntime().halt(HARD_STOP);
      }
      due = List.copyOf(callbacks);
    }
    try {
      due.forEach(Runnable::run);
    } finally {
      told.countDown();
    }
  }

  /** Gives the signals back to whoever had them. */
  @Override
  public void close() {
    restores.forEach(Runnable::run);
    restores.clear();
  }

  /**
   * The JDK handles signals only in {@code sun.misc.Signal}, of the module {@code jdk.unsupported}.
   * The compiler rightly warns of a direct use; a JVM without it keeps its default, exit 130.
   */
  private void install() {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      var constructor = signalType.getConstructor(String.class);
      var handle = signalType.getMethod("handle", signalType, handlerType);
      Object handler =
          Proxy.newProxyInstance(
              Interrupt.class.getClassLoader(), new Class<?>[] {handlerType}, handling());
      for (String name : SIGNALS) {
        Object signal = constructor.newInstance(name);
        Object earlier = handle.invoke(null, signal, handler);
        restores.add(
            () -> {
              try {
                handle.invoke(null, signal, earlier);
              } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the handler of " + name + " was taken", e);
              }
            });
      }
    } catch (ReflectiveOperationException e) {
      System.getLogger(Interrupt.class.getName())
          .log(System.Logger.Level.DEBUG, "signals keep their default", e);
    }
  }

  private InvocationHandler handling() {
    return (proxy, method, arguments) ->
        switch (method.getName()) {
          case "handle" -> {
            request();
            yield null;
          }
          case "hashCode" -> System.identityHashCode(proxy);
          case "equals" -> proxy == arguments[0];
          default -> "Interrupt";
        };
  }
}
