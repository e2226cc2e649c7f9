package dev.parallax.ingest.fuzz;

import com.sun.management.ThreadMXBean;
import dev.parallax.ingest.format.RejectedBodyException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;

/**
 * How much heap and time a decoder may take for one input, garbage included.
 *
 * @param perByte bytes of heap for each byte of the input
 * @param atLeast bytes of heap besides: parsers' buffers
 */
record Bound(int perByte, int atLeast) {

  /** Most processor time for one input, of any size that the fuzzer makes. */
  static final Duration TIME = Duration.ofSeconds(1);

  private static final int REPETITIONS = 5;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Most bytes of heap for an input of {@code size} bytes. */
  long heap(int size) {
    return (long) perByte * size + atLeast;
  }

  /**
   * What {@code decoding} of {@code size} bytes gives.
   *
   * @throws RejectedBodyException if it gives that
   * @throws AssertionError if it takes too much, each of several times: the first runs of a line of
   *     code may load classes
   */
  <T> T within(int size, Decoding<T> decoding) throws RejectedBodyException {
    Cost cost = Cost.NONE;
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      Cost before = Cost.untilNow();
      Optional<T> decoded = Optional.empty();
      Optional<RejectedBodyException> rejected = Optional.empty();
      try {
        decoded = Optional.of(decoding.run());
      } catch (RejectedBodyException e) {
        rejected = Optional.of(e);
      }
      cost = Cost.untilNow().minus(before);
      if (isWithin(cost, size)) {
        if (rejected.isPresent()) {
          throw rejected.get();
        }
        return decoded.orElseThrow();
      }
    }
    throw new AssertionError(cost + " for " + size + " bytes, " + this);
  }

  private boolean isWithin(Cost cost, int size) {
    return eighthsOf(cost.heap(), heap(size)) <= 8 && cost.nanos() <= TIME.toNanos();
  }

  /**
   * How full a bound is, rounded up. Each eighth is a branch of its own: a fuzzer that looks for
   * inputs with new branches then looks for inputs that take more.
   */
  private static int eighthsOf(long heap, long bound) {
    return switch ((int) Math.min(9, (8 * heap + bound - 1) / bound)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> 2;
      case 3 -> 3;
      case 4 -> 4;
      case 5 -> 5;
      case 6 -> 6;
      case 7 -> 7;
      case 8 -> 8;
      default -> 9;
    };
  }

  /**
   * A decoding, which can be repeated.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  interface Decoding<T> {

    /** Decodes. */
    T run() throws RejectedBodyException;
  }

  /** What the current thread takes. */
  private record Cost(long heap, long nanos) {

    static final Cost NONE = new Cost(0, 0);

    static Cost untilNow() {
      long nanos = THREADS.getCurrentThreadCpuTime();
      return new Cost(THREADS.getCurrentThreadAllocatedBytes(), nanos);
    }

    Cost minus(Cost before) {
      return new Cost(heap - before.heap, nanos - before.nanos);
    }
  }
}
