package dev.parallax.onnx.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Things that are opened once, used by many and closed when the last user is done. Safe for use by
 * several threads; while one opens a thing, others that ask for the same one wait.
 *
 * @param <K> what tells things apart
 * @param <V> the shared thing
 */
public final class SharedHandles<K, V> {

  private final Map<K, Held<V>> held = new ConcurrentHashMap<>();
  private final Consumer<V> closer;

  public SharedHandles(Consumer<V> closer) {
    this.closer = closer;
  }

  /**
   * A user's hold on the thing; closing it twice is the same as once. What the closer throws comes
   * out of the last user's close, and the thing counts as closed.
   */
  public static final class Lease<V> implements AutoCloseable {

    private final V value;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(V value, Runnable release) {
      this.value = value;
      this.release = release;
    }

    public V value() {
      return value;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        release.run();
      }
    }
  }

  private record Held<V>(V value, int users) {}

  /**
   * Joins the users of a thing.
   *
   * @param opener called when there is none yet; what it throws is thrown here and nothing is kept
   */
  public Lease<V> acquire(K key, Supplier<V> opener) {
    Held<V> joined =
        held.compute(
            key,
            (same, present) ->
                present == null
                    ? new Held<>(opener.get(), 1)
                    : new Held<>(present.value(), present.users() + 1));
    return new Lease<>(joined.value(), () -> release(key));
  }

  private void release(K key) {
    List<RuntimeException> failures = new ArrayList<>(1);
    held.compute(key, (same, present) -> leave(present, failures));
    for (RuntimeException failure : failures) {
      throw failure;
    }
  }

  /** Closes for the last user, so that whoever asks for the same thing meanwhile waits. */
  private @Nullable Held<V> leave(@Nullable Held<V> present, List<RuntimeException> failures) {
    if (present == null) {
      throw new IllegalStateException("released more often than acquired");
    }
    if (present.users() > 1) {
      return new Held<>(present.value(), present.users() - 1);
    }
    try {
      closer.accept(present.value());
    } catch (RuntimeException e) {
      // Thrown from here it would leave the thing in the map for ever, without users.
      failures.add(e);
    }
    return null;
  }

  /** How many things are open now. */
  public int open() {
    return held.size();
  }
}
