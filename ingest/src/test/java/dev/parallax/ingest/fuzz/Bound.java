package dev.parallax.ingest.fuzz;

import com.sun.management.ThreadMXBean;
import dev.parallax.ingest.format.RejectedBodyException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * How much heap and time a decoder may take for one input, garbage included.
 *
 * @param perByte bytes of heap for each byte of the input
 * @param atLeast bytes of heap besides: parsers' buffers
 */
record Bound(int perByte, int atLeast) {

  /** Most processor time for one input, of any size that the fuzzer makes. */
  static final Duration TIME = Duration.ofSeconds(1);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Most bytes of heap for an input of {@code size} bytes. */
  long heap(int size) {
    return (long) perByte * size + atLeast;
  }

  /**
   * What {@code decoding} of {@code size} bytes gives.
   *
   * @throws RejectedBodyException if it gives that
   * @throws AssertionError if it takes too much
   */
  <T> T within(int size, Decoding<T> decoding) throws RejectedBodyException {
    long heapBefore = THREADS.getCurrentThreadAllocatedBytes();
    long timeBefore = THREADS.getCurrentThreadCpuTime();
    try {
      return decoding.run();
    } finally {
      long time = THREADS.getCurrentThreadCpuTime() - timeBefore;
      long heap = THREADS.getCurrentThreadAllocatedBytes() - heapBefore;
      if (heap > heap(size) || time > TIME.toNanos()) {
        checkAgain(size, decoding);
      }
    }
  }

  /** The first run of a line of code may load classes; the second may not take too much. */
  private void checkAgain(int size, Decoding<?> decoding) throws RejectedBodyException {
    long heapBefore = THREADS.getCurrentThreadAllocatedBytes();
    long timeBefore = THREADS.getCurrentThreadCpuTime();
    try {
      decoding.run();
    } finally {
      long time = THREADS.getCurrentThreadCpuTime() - timeBefore;
      long heap = THREADS.getCurrentThreadAllocatedBytes() - heapBefore;
      require(heap <= heap(size), heap + " bytes of heap for " + size + " of input, bound " + this);
      require(time <= TIME.toNanos(), time / 1_000_000 + " ms for " + size + " bytes of input");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
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
}
