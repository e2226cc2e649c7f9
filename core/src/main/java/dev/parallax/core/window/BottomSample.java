package dev.parallax.core.window;

import dev.parallax.core.embedding.InputKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The sample of one pane: of its distinct inputs the {@code capacity} with the smallest hash, a
 * bottom-N sketch.
 *
 * <ol>
 *   <li>It does not depend on the order in which events are offered, nor on how they were split
 *       over sketches that are later merged.
 *   <li>Of repeats of an input the earliest stays, by event time and then by id; the others are
 *       counted as duplicates if the input is kept and as sampled out if it is not.
 *   <li>{@code events() == kept + sampledOut() + duplicates()} at any time.
 * </ol>
 *
 * <p>An input whose hash is among the smallest of the whole pane is among the smallest of every
 * part of it, so it is never dropped on the way: all of its repeats meet it, and the counts are
 * exact.
 *
 * @param <P> what is kept of an event
 * @see <a href="https://doi.org/10.1145/1281100.1281133">Cohen and Kaplan (2007), bottom-k
 *     sketches</a>
 */
public final class BottomSample<P> {

  private static final Comparator<Kept<?>> HASH_ORDER =
      (a, b) -> {
        int byHash = Long.compareUnsigned(a.hash, b.hash);
        return byHash != 0 ? byHash : a.key.compareTo(b.key);
      };

  private static final int LEAST_SLACK = 16;

  private final int capacity;
  private final int slack;

  /**
   * What may be kept: in hash order and without repeats as far as {@link #settled}, then as it
   * came. Sorting now and then is several times faster than keeping a tree, whose nodes lie all
   * over the memory.
   */
  private final ArrayList<Kept<P>> candidates = new ArrayList<>();

  private int settled;
  private boolean full;
  private long lastHash;
  private long events;
  private long sampledOut;
  private long duplicates;

  /** An empty sample of at most {@code capacity} inputs. */
  public BottomSample(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("sample size=" + capacity + ": expected 1 or more");
    }
    this.capacity = capacity;
    this.slack = Math.max(LEAST_SLACK, capacity / 4);
  }

  /** Offers one event; {@code hash} is that of the key, from {@link SampleHash}. */
  public void offer(long hash, InputKey key, long timeMillis, String id, P payload) {
    if (!passOver(hash)) {
      events++;
      put(new Kept<>(hash, key, timeMillis, id, 0, payload));
    }
  }

  /**
   * Counts an event as sampled out if its hash alone says so, and tells whether it did. Most events
   * end here, so that nothing else of them need be read; the others must be offered.
   */
  public boolean passOver(long hash) {
    if (!isBeyondLast(hash)) {
      return false;
    }
    events++;
    sampledOut++;
    return true;
  }

  /** Adds events that another sample of the same pane has seen and not kept. */
  public void addCounts(long otherEvents, long otherSampledOut) {
    events += otherEvents;
    sampledOut += otherSampledOut;
  }

  /**
   * Adds an input that another sample of the same pane has kept; its events count among {@link
   * #addCounts}.
   */
  public void addKept(Kept<P> other) {
    duplicates += other.repeats();
    if (isBeyondLast(other.hash())) {
      drop(other);
      return;
    }
    put(other);
  }

  private boolean isBeyondLast(long hash) {
    return full && Long.compareUnsigned(hash, lastHash) > 0;
  }

  private void put(Kept<P> offered) {
    candidates.add(offered);
    if (candidates.size() == capacity + slack) {
      settle();
    }
  }

  /**
   * Brings the candidates into order, lets repeats meet and drops what lies beyond the capacity.
   */
  private void settle() {
    if (settled == candidates.size()) {
      return;
    }
    candidates.sort(HASH_ORDER);
    int kept = 0;
    for (int i = 0; i < candidates.size(); i++) {
      Kept<P> candidate = candidates.get(i);
      Kept<P> last = kept == 0 ? null : candidates.get(kept - 1);
      if (last != null && HASH_ORDER.compare(last, candidate) == 0) {
        duplicates++;
        candidates.set(kept - 1, last.meet(candidate));
      } else {
        candidates.set(kept++, candidate);
      }
    }
    for (int i = capacity; i < kept; i++) {
      drop(candidates.get(i));
    }
    settled = Math.min(kept, capacity);
    candidates.subList(settled, candidates.size()).clear();
    full = settled == capacity;
    lastHash = candidates.get(settled - 1).hash();
  }

  private void drop(Kept<P> dropped) {
    duplicates -= dropped.repeats();
    sampledOut += 1 + dropped.repeats();
  }

  /** Most inputs that are kept. */
  public int capacity() {
    return capacity;
  }

  /** Events offered. */
  public long events() {
    return events;
  }

  /** Events of inputs that are not kept. */
  public long sampledOut() {
    settle();
    return sampledOut;
  }

  /** Repeats of inputs that are kept. */
  public long duplicates() {
    settle();
    return duplicates;
  }

  /** Number of inputs kept. */
  public int size() {
    settle();
    return settled;
  }

  /** What is kept, in hash order, a new list. */
  public List<Kept<P>> inHashOrder() {
    settle();
    return List.copyOf(candidates);
  }

  /**
   * One input of the sample with the event that stands for it.
   *
   * @param hash hash of the key in this pane, unsigned
   * @param key names the input
   * @param timeMillis event time
   * @param id id of the event
   * @param repeats how many more events of the same input there were
   * @param payload what was kept of the event
   */
  public record Kept<P>(
      long hash, InputKey key, long timeMillis, String id, long repeats, P payload) {

    private Kept<P> meet(Kept<P> other) {
      boolean earlier =
          timeMillis != other.timeMillis
              ? timeMillis < other.timeMillis
              : id.compareTo(other.id) <= 0;
      Kept<P> stays = earlier ? this : other;
      return new Kept<>(
          hash, key, stays.timeMillis, stays.id, repeats + 1 + other.repeats, stays.payload);
    }
  }
}
