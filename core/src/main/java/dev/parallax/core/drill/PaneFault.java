package dev.parallax.core.drill;

import dev.parallax.core.embedding.InputKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a fault makes of the requests of one pane: which inputs are asked, and which vector is told
 * of under each. Needs neither texts nor vectors.
 *
 * @param kind one of {@link #KINDS}
 */
public record PaneFault(FaultKind kind) {

  /** Faults of this kind. */
  public static final Set<FaultKind> KINDS =
      Set.copyOf(
          EnumSet.of(
              FaultKind.STALE_ANSWERS_5,
              FaultKind.STALE_ANSWERS_20,
              FaultKind.MIS_JOINED,
              FaultKind.REPEATED_TRAFFIC,
              FaultKind.TRAFFIC_DIV10,
              FaultKind.NO_EVENTS));

  /** Checks the kind. */
  public PaneFault {
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException("fault=" + kind.label() + ": expected one of a pane");
    }
  }

  /**
   * One event of the pane.
   *
   * @param at index of the request in whose place it comes
   * @param asked index of the request whose input it carries
   * @param answered index of the request whose vector it carries
   */
  public record Event(int at, int asked, int answered) {

    /** The event of a request that is answered as it should be. */
    public static Event healthy(int request) {
      return new Event(request, request, request);
    }
  }

  /**
   * The events of a pane, in order.
   *
   * @param requests keys of the inputs asked in the pane, in the order of their event times
   */
  public List<Event> events(List<InputKey> requests) {
    List<Event> events = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      InputKey key = requests.get(i);
      switch (kind) {
        case STALE_ANSWERS_5 -> events.add(stale(i, key, Strength.STALE_FEW));
        case STALE_ANSWERS_20 -> events.add(stale(i, key, Strength.STALE_MANY));
        case MIS_JOINED -> events.add(new Event(i, i, joinedTo(i, requests)));
        case REPEATED_TRAFFIC -> {
          int asked = repeated(i, key);
          events.add(new Event(i, asked, asked));
        }
        case TRAFFIC_DIV10 -> {
          if (KeyDraw.isAmong(1.0 / Strength.VOLUME, key)) {
            events.add(Event.healthy(i));
          }
        }
        case NO_EVENTS -> {
          // nothing is told of this request
        }
        default -> throw new IllegalStateException("not of a pane: " + kind);
      }
    }
    return events;
  }

  private static Event stale(int i, InputKey key, double share) {
    return new Event(i, i, i > 0 && KeyDraw.isAmong(share, key) ? i - 1 : i);
  }

  /** Neighbours exchange their vectors, so that every vector is still told of once. */
  private static int joinedTo(int i, List<InputKey> requests) {
    int neighbour = i ^ 1;
    return neighbour < requests.size()
            && KeyDraw.isAmong(Strength.MIS_JOINED, requests.get(i), requests.get(neighbour))
        ? neighbour
        : i;
  }

  private static int repeated(int i, InputKey key) {
    var random = KeyDraw.of(key);
    return i > 0 && random.nextDouble() < Strength.REPEATED ? random.nextInt(i) : i;
  }
}
