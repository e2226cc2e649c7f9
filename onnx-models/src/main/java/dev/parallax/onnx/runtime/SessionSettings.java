package dev.parallax.onnx.runtime;

/**
 * How a session runs.
 *
 * <p>One thread is the setting under which results are promised to repeat bit for bit: with more,
 * the runtime cuts matrices by the number of threads and may add in another order. Inside a stream
 * job parallelism comes from slots, and when embedding a corpus from workers.
 *
 * @param threads threads inside one operator of the graph, the caller's included
 */
public record SessionSettings(ExecutionProvider provider, int threads) {

  /** The processor, one thread. */
  public static final SessionSettings CPU = new SessionSettings(ExecutionProvider.CPU, 1);

  public SessionSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + ": expected 1 or more");
    }
  }

  /** One thread on this provider. */
  public static SessionSettings on(ExecutionProvider provider) {
    return new SessionSettings(provider, 1);
  }
}
