package dev.parallax.onnx.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Embeds a corpus with several workers, each running the encoder's one-threaded session. The result
 * is the same for any number of workers.
 */
public final class ParallelEncoding {

  /** Small enough that progress shows and that interrupting is quick. */
  private static final int CHUNK = 32;

  private ParallelEncoding() {}

  /**
   * Embeds texts and waits for the last.
   *
   * @param progress told how many texts are done, never twice at once, ever more
   * @return one vector per text, in order
   * @throws InterruptedException when interrupted; no worker outlives the call
   */
  public static float[][] encode(
      SentenceEncoder encoder, List<String> texts, int workers, IntConsumer progress)
      throws InterruptedException {
    float[][] vectors = new float[texts.size()][];
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      ExecutorCompletionService<Integer> chunks = new ExecutorCompletionService<>(pool);
      int submitted = 0;
      for (int from = 0; from < texts.size(); from += CHUNK, submitted++) {
        int first = from;
        List<String> chunk =
            new ArrayList<>(texts.subList(first, Math.min(texts.size(), first + CHUNK)));
        chunks.submit(
            () -> {
              float[][] encoded = encoder.encode(chunk);
              System.arraycopy(encoded, 0, vectors, first, encoded.length);
              return encoded.length;
            });
      }
      int done = 0;
      for (; submitted > 0; submitted--) {
        done += chunks.take().get();
        progress.accept(done);
      }
      return vectors;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("embedding failed", e.getCause());
    } finally {
      pool.shutdownNow();
      awaitEnd(pool);
    }
  }

  /** The caller closes the encoder next, which must not happen under a running worker. */
  private static void awaitEnd(ExecutorService pool) throws InterruptedException {
    boolean ended = false;
    while (!ended) {
      ended = pool.awaitTermination(1, TimeUnit.SECONDS);
    }
  }
}
