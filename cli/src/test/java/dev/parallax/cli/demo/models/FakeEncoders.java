package dev.parallax.cli.demo.models;

import dev.parallax.core.embedding.InputKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Encoders that answer with numbers drawn from the text, as fast as their permits allow. */
public final class FakeEncoders implements Encoders {

  /** What was encoded, in order. */
  public final List<String> encoded = new CopyOnWriteArrayList<>();

  /** Which encoders were loaded. */
  public final List<Encoding> opened = new CopyOnWriteArrayList<>();

  /** Encoders and stores that were closed. */
  public final AtomicInteger closed = new AtomicInteger();

  private final Map<Encoding, Map<InputKey, float[]>> kept = new ConcurrentHashMap<>();
  private final Semaphore permits;
  private final Optional<RuntimeException> failure;

  /** Encoders that answer at once. */
  public FakeEncoders() {
    this(new Semaphore(Integer.MAX_VALUE), Optional.empty());
  }

  private FakeEncoders(Semaphore permits, Optional<RuntimeException> failure) {
    this.permits = permits;
    this.failure = failure;
  }

  /** Encoders that need a permit for each text. */
  public static FakeEncoders withPermits(Semaphore permits) {
    return new FakeEncoders(permits, Optional.empty());
  }

  /** Encoders that fail. */
  public static FakeEncoders failing(RuntimeException failure) {
    return new FakeEncoders(new Semaphore(Integer.MAX_VALUE), Optional.of(failure));
  }

  /** The vector that {@code encoding} gives {@code text}. */
  public static float[] vectorOf(Encoding encoding, String text) {
    Random random = new Random(31L * encoding.hashCode() + text.hashCode());
    return new float[] {random.nextFloat() + 1, random.nextFloat(), random.nextFloat()};
  }

  @Override
  public TextEncoder open(Encoding encoding) {
    opened.add(encoding);
    return new TextEncoder() {
      @Override
      public float[] encode(String text) {
        failure.ifPresent(
            e -> {
              throw e;
            });
        permits.acquireUninterruptibly();
        encoded.add(text);
        return vectorOf(encoding, text);
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  @Override
  public VectorStore store(Encoding encoding) {
    Map<InputKey, float[]> vectors = kept.computeIfAbsent(encoding, e -> new ConcurrentHashMap<>());
    return new VectorStore() {
      @Override
      public Optional<float[]> get(InputKey key) {
        return Optional.ofNullable(vectors.get(key));
      }

      @Override
      public void put(InputKey key, float[] vector) {
        vectors.put(key, vector);
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }
}
