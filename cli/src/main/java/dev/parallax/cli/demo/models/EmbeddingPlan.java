package dev.parallax.cli.demo.models;

import dev.parallax.cli.demo.traffic.PlannedEvent;
import dev.parallax.cli.demo.traffic.TrafficPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The vectors that a plan's traffic needs, made in the background in the order in which the traffic
 * needs them, each once, so that traffic can start long before all of them are there.
 *
 * <p>Every input is encoded alone: what a quantised encoder makes of a text depends on the texts
 * beside it. Vectors kept from an earlier run are not made again, and an encoder whose vectors are
 * all kept is never loaded.
 */
public final class EmbeddingPlan implements AutoCloseable {

  private record Task(Encoding encoding, int text) {}

  private final DemoInputs inputs;
  private final Encoders encoders;
  private final List<Task> tasks;
  private final Map<Encoding, AtomicReferenceArray<float[]>> vectors = new LinkedHashMap<>();
  private final Map<Encoding, VectorStore> stores = new LinkedHashMap<>();
  private final ConcurrentHashMap<Encoding, TextEncoder> opened = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger encoded = new AtomicInteger();
  private final List<Thread> workers = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int done;
  private @Nullable RuntimeException failure;
  private volatile boolean closed;

  /** Works out what {@code plan} needs; nothing is encoded before {@link #start}. */
  public EmbeddingPlan(TrafficPlan plan, Answers answers, DemoInputs inputs, Encoders encoders) {
    this.inputs = inputs;
    this.encoders = encoders;
    this.tasks = tasksOf(plan, answers);
    for (Task task : tasks) {
      vectors.computeIfAbsent(task.encoding(), e -> new AtomicReferenceArray<>(inputs.size()));
    }
  }

  /** Walks the plan, past the parts of it for which every text that may come is there already. */
  private static List<Task> tasksOf(TrafficPlan plan, Answers answers) {
    record Pool(Encoding encoding, List<Integer> texts) {}
    Set<Task> tasks = new LinkedHashSet<>();
    Set<Task> possible = new HashSet<>();
    Set<Pool> pools = new HashSet<>();
    for (int i = 0; i < plan.intervals(); i++) {
      for (int model = 0; model < plan.models(); model++) {
        for (Encoding encoding : answers.encodings(model, plan.shape().startOf(i))) {
          Pool pool = new Pool(encoding, plan.texts(model, i));
          if (pools.add(pool)) {
            pool.texts().forEach(text -> possible.add(new Task(encoding, text)));
          }
        }
      }
      if (tasks.size() == possible.size()) {
        continue;
      }
      for (PlannedEvent event : plan.interval(i)) {
        for (Encoding encoding : answers.encodings(event.model(), event.timeMillis())) {
          tasks.add(new Task(encoding, event.answerText()));
        }
      }
    }
    return List.copyOf(tasks);
  }

  /** Takes over what is kept and starts encoding the rest on {@code threads} threads. */
  public void start(int threads) {
    for (Encoding encoding : vectors.keySet()) {
      stores.put(encoding, encoders.store(encoding));
    }
    takeOverKept();
    for (int i = 0; i < threads; i++) {
      Thread worker = new Thread(this::work, "demo-encoder-" + i);
      worker.setDaemon(true);
      workers.add(worker);
      worker.start();
    }
  }

  private void takeOverKept() {
    int kept = 0;
    for (Task task : tasks) {
      Optional<float[]> vector = stores.get(task.encoding()).get(inputs.key(task.text()));
      if (vector.isPresent()) {
        vectors.get(task.encoding()).set(task.text(), vector.get());
        kept++;
      }
    }
    signal(kept, null);
  }

  private void work() {
    try {
      for (int i = next.getAndIncrement();
          i < tasks.size() && !closed;
          i = next.getAndIncrement()) {
        Task task = tasks.get(i);
        if (vectors.get(task.encoding()).get(task.text()) == null) {
          encode(task);
        }
      }
    } catch (RuntimeException e) {
      signal(0, e);
    }
  }

  private void encode(Task task) {
    TextEncoder encoder = opened.computeIfAbsent(task.encoding(), encoders::open);
    float[] vector = encoder.encode(inputs.text(task.text()).text());
    stores.get(task.encoding()).put(inputs.key(task.text()), vector);
    vectors.get(task.encoding()).set(task.text(), vector);
    encoded.incrementAndGet();
    signal(1, null);
  }

  private void signal(int more, @Nullable RuntimeException cause) {
    lock.lock();
    try {
      done += more;
      if (failure == null) {
        failure = cause;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The vector of input {@code text}, if it is there already. It is shared: do not change it.
   *
   * @throws IllegalArgumentException if the plan does not need this encoding
   */
  public Optional<float[]> vector(Encoding encoding, int text) {
    AtomicReferenceArray<float[]> all = vectors.get(encoding);
    if (all == null) {
      throw new IllegalArgumentException("not planned: " + encoding);
    }
    return Optional.ofNullable(all.get(text));
  }

  /**
   * Waits until more than {@code seen} vectors are there, at most {@code nanos}.
   *
   * @return whether more are to come, or have come
   * @throws RuntimeException what an encoder or its store threw
   */
  public boolean awaitMoreThan(int seen, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (done <= seen && done < tasks.size() && failure == null && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (failure != null) {
        throw failure;
      }
      return done > seen || done < tasks.size() && !closed;
    } finally {
      lock.unlock();
    }
  }

  /** How far it has come. */
  public Progress progress() {
    lock.lock();
    try {
      return new Progress(done, tasks.size(), encoded.get());
    } finally {
      lock.unlock();
    }
  }

  /** Stops encoding, keeps what was made and frees the encoders. */
  @Override
  public void close() {
    closed = true;
    signal(0, null);
    awaitWorkers();
    opened.values().forEach(TextEncoder::close);
    stores.values().forEach(VectorStore::close);
  }

  /** An encoder must not be freed under the feet of a worker, who is done within one text. */
  private void awaitWorkers() {
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * How far the plan has come.
   *
   * @param done vectors that are there
   * @param total vectors that the traffic needs
   * @param encoded how many of {@code done} were made in this run; the others were kept
   */
  public record Progress(int done, int total, int encoded) {

    /** Whether everything is there. */
    public boolean complete() {
      return done == total;
    }
  }
}
