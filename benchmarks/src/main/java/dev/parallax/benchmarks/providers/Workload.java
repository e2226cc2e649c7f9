package dev.parallax.benchmarks.providers;

import dev.parallax.onnx.runtime.SessionSettings;

/** Something to time on several providers. */
interface Workload {

  /** What and how large. */
  String name();

  /** Whether only a processor can do it. */
  boolean processorOnly();

  /** Prepares it on a provider; the caller closes it. */
  Prepared open(SessionSettings settings);

  /** Greatest difference of two providers' answers, in {@link Prepared#call}'s terms. */
  double tolerance();

  /** A workload with its sessions open. */
  interface Prepared extends AutoCloseable {

    /** Does it once; the answer is what providers must agree on. */
    double[] call();

    /** Pairs or texts in a call. */
    int items();

    @Override
    void close();
  }
}
