package dev.parallax.ingest.pairing;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.Side;
import dev.parallax.ingest.pairing.Entry.Over;
import dev.parallax.ingest.pairing.Entry.Waiting;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Joins the halves of calls. Every half ends in exactly one way: paired, a repeat, or given up.
 *
 * <ol>
 *   <li>The first half of a call waits, whichever it is. Its wait is over once it has passed both
 *       in the time of the stream (the newest timestamp seen), so that a backlog is worked off
 *       without giving up what lies behind in it, and on the clock, so that partitions that are
 *       worked off one after the other do not give up each other's halves.
 *   <li>The other half ends the wait. Both leave together.
 *   <li>A half whose wait is over is given up; so is the longest-waiting one when too many bytes
 *       wait in this process.
 *   <li>A call that is over is remembered for a while. A further copy of a half is then a repeat; a
 *       half that comes after its other one was given up is given up at once.
 *   <li>The remembered origin tells a copy from the same record read again: a record at that offset
 *       or before it begins the call anew, as does one that was sent again from the dead letters.
 * </ol>
 *
 * <p>A waiting half takes its bytes and about {@value #ENTRY_BYTES} more of heap, a call that is
 * over about {@value #OVER_BYTES}. The indexes by time are rebuilt from the store at start. Not
 * thread-safe.
 *
 * @see <a href="https://issues.apache.org/jira/browse/KAFKA-19536">KAFKA-19536, why this is no left
 *     join</a>
 */
public final class CallPairing {

  /** Heap that a waiting half takes beyond its bytes. */
  static final int ENTRY_BYTES = 300;

  /** Heap that a call which is over takes. */
  static final int OVER_BYTES = 400;

  private static final Comparator<Due> BY_TIME =
      Comparator.comparingLong(Due::time).thenComparingLong(Due::order);

  private final KeyValueStore<Bytes, byte[]> store;
  private final Duration wait;
  private final Duration remembered;
  private final int mostRemembered;
  private final WaitingBytes waitingBytes;
  private final Ends ends;
  private final TreeSet<Due> waiting = new TreeSet<>(BY_TIME);
  private final PriorityQueue<Due> over = new PriorityQueue<>(BY_TIME);
  private long ownBytes;
  private long order;

  /**
   * Pairing over what {@code store} holds already.
   *
   * @param wait longest wait, in stream time
   * @param remembered how long a call is remembered once it is over
   * @param mostRemembered how many are, at most
   * @param waitingBytes shared by all that pair in this process
   * @param clock the wall clock, from which what the store holds waits on
   */
  public CallPairing(
      KeyValueStore<Bytes, byte[]> store,
      Duration wait,
      Duration remembered,
      int mostRemembered,
      WaitingBytes waitingBytes,
      Ends ends,
      long clock) {
    this.store = store;
    this.wait = wait;
    this.remembered = remembered;
    this.mostRemembered = mostRemembered;
    this.waitingBytes = waitingBytes;
    this.ends = ends;
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        index(next.key, Entry.of(next.value), next.value.length, clock);
      }
    }
  }

  /**
   * Takes one half.
   *
   * @param call the call's id
   * @param half the half
   * @param bytes its bytes
   * @param position its offset on the way here
   * @param now the time
   */
  public void take(Bytes call, Half half, byte[] bytes, long position, Now now) {
    byte[] found = store.get(call);
    Entry entry = found == null ? null : Entry.of(found);
    if (entry instanceof Waiting first) {
      takeSecond(call, first, half, bytes, position, now);
    } else if (entry instanceof Over done && !beginsAnew(done, half)) {
      takeAfterTheEnd(call, done, half, position);
    } else {
      begin(call, bytes, position, now);
    }
    makeRoom(now);
  }

  private void takeSecond(
      Bytes call, Waiting first, Half half, byte[] bytes, long position, Now now) {
    Half other = HalfCodec.decode(first.half);
    if (other.side() != half.side()) {
      forgetWaiting(first);
      Half request = half.side() == Side.REQUEST ? half : other;
      Half response = half.side() == Side.REQUEST ? other : half;
      long waited = Math.max(0, now.stream() - first.arrived);
      boolean came = ends.paired(request, response, position, waited);
      put(call, over(came, other, half, now), now);
    } else if (half.origin().isNotAfter(other.origin())) {
      forgetWaiting(first);
      begin(call, bytes, position, now);
    } else {
      ends.repeat(half, position);
    }
  }

  private void begin(Bytes call, byte[] bytes, long position, Now now) {
    long deadline = now.stream() + wait.toMillis();
    put(call, new Waiting(now.stream(), deadline, position, bytes), now);
  }

  private static boolean beginsAnew(Over done, Half half) {
    Origin before = done.of(half.side());
    return before != null && half.origin().isNotAfter(before) || half.retry() && !done.paired();
  }

  private void takeAfterTheEnd(Bytes call, Over done, Half half, long position) {
    if (done.of(half.side()) != null) {
      ends.repeat(half, position);
      return;
    }
    store.put(call, done.with(half.side(), half.origin()).toBytes());
    ends.late(half, new Rejection(unmatched(half), "its other half was given up before"), position);
  }

  /** Gives up what has waited too long and forgets what is long over. */
  public void advance(Now now) {
    while (!waiting.isEmpty() && isOver(waiting.first(), now)) {
      giveUpFirst(false, now);
    }
    for (Due due = over.peek(); due != null && due.time() < now.stream(); due = over.peek()) {
      forgetOldest();
    }
  }

  private boolean isOver(Due due, Now now) {
    return due.time() < now.stream() && now.clock() - due.since() >= wait.toMillis();
  }

  /** Lets go of the memory; the store keeps the state. */
  public void close() {
    waitingBytes.add(-ownBytes);
    ownBytes = 0;
  }

  private void makeRoom(Now now) {
    while (waitingBytes.areTooMany() && !waiting.isEmpty()) {
      giveUpFirst(true, now);
    }
    while (over.size() > mostRemembered) {
      forgetOldest();
    }
  }

  private void giveUpFirst(boolean forRoom, Now now) {
    Bytes call = waiting.first().call();
    Waiting entry = (Waiting) Entry.of(store.get(call));
    Half half = HalfCodec.decode(entry.half);
    forgetWaiting(entry);
    put(call, over(false, half, half, now), now);
    Rejection rejection =
        forRoom
            ? new Rejection(
                Reason.PAIRING_OVERFLOW, "gave way after " + (now.stream() - entry.arrived) + " ms")
            : new Rejection(unmatched(half), "nothing came within " + wait);
    ends.givenUp(half, rejection, entry.position);
  }

  private static Reason unmatched(Half half) {
    return half.side() == Side.REQUEST ? Reason.UNMATCHED_REQUEST : Reason.UNMATCHED_RESPONSE;
  }

  private Over over(boolean paired, Half first, Half second, Now now) {
    return new Over(now.stream() + remembered.toMillis(), paired, null, null)
        .with(first.side(), first.origin())
        .with(second.side(), second.origin());
  }

  private void forgetOldest() {
    Due due = over.remove();
    byte[] found = store.get(due.call());
    if (found != null && Entry.of(found) instanceof Over done && done.until() == due.time()) {
      store.delete(due.call());
    }
  }

  private void put(Bytes call, Entry entry, Now now) {
    byte[] bytes = entry.toBytes();
    store.put(call, bytes);
    index(call, entry, bytes.length, now.clock());
  }

  private void index(Bytes call, Entry entry, int bytes, long clock) {
    if (entry instanceof Waiting half) {
      waiting.add(new Due(call, half.deadline, half.position, clock));
      grow(bytes + ENTRY_BYTES);
    } else if (entry instanceof Over done) {
      over.add(new Due(call, done.until(), order++, clock));
    }
  }

  private void forgetWaiting(Waiting entry) {
    waiting.remove(new Due(Bytes.wrap(new byte[0]), entry.deadline, entry.position, 0));
    grow(-(entry.toBytes().length + ENTRY_BYTES));
  }

  private void grow(long bytes) {
    ownBytes += bytes;
    waitingBytes.add(bytes);
  }

  /** How halves end. The position is the offset of the half on the way here. */
  public interface Ends {

    /**
     * Both halves are there; the position is that of the one that came last.
     *
     * @return whether anything came of the call; if not, it may be sent again
     */
    boolean paired(Half request, Half response, long position, long waitedMillis);

    /** A further copy of a half. */
    void repeat(Half half, long position);

    /** Its other half was given up before it came. */
    void late(Half half, Rejection rejection, long position);

    /** A half that waited in vain. */
    void givenUp(Half half, Rejection rejection, long position);
  }

  /**
   * When something is over. Compared by time and order alone: the position of a half that waits, a
   * running number for a call that is over, whose entry may have begun anew since.
   */
  private record Due(Bytes call, long time, long order, long since) {}

  /**
   * The time.
   *
   * @param stream newest timestamp of the stream
   * @param clock the wall clock
   */
  public record Now(long stream, long clock) {}
}
