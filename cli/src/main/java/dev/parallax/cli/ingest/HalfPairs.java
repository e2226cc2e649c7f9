package dev.parallax.cli.ingest;

import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.Side;
import dev.parallax.ingest.pairing.Half;
import dev.parallax.ingest.source.EventAssembler;
import dev.parallax.ingest.source.Reading;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the halves of one invocation: those of one id in either order, and a bare response with the
 * bare request that came right before it, where at most one of the two has an id.
 */
final class HalfPairs {

  private final Set<Entry> waiting = new LinkedHashSet<>();
  private final Map<String, Deque<Entry>> byId = new HashMap<>();
  private @Nullable Entry latest;

  /** The pair that {@code entry} completes; empty if it waits. */
  Optional<Pair> take(Entry entry) {
    Optional<Entry> other = ofSameId(entry).or(() -> rightBefore(entry));
    latest = entry;
    if (other.isEmpty()) {
      waiting.add(entry);
      entry
          .id()
          .ifPresent(
              id ->
                  byId.computeIfAbsent(key(entry.side(), id), k -> new ArrayDeque<>()).add(entry));
      return Optional.empty();
    }
    remove(other.get());
    return Optional.of(
        entry.side() == Side.RESPONSE
            ? new Pair(other.get(), entry)
            : new Pair(entry, other.get()));
  }

  /** Those that are still alone, in order. */
  List<Entry> alone() {
    return List.copyOf(waiting);
  }

  private Optional<Entry> ofSameId(Entry entry) {
    Side wanted = entry.side() == Side.REQUEST ? Side.RESPONSE : Side.REQUEST;
    return entry.id().map(id -> byId.get(key(wanted, id))).map(Deque::peekFirst);
  }

  private Optional<Entry> rightBefore(Entry entry) {
    return Optional.ofNullable(latest)
        .filter(waiting::contains)
        .filter(before -> before.side() == Side.REQUEST && entry.side() == Side.RESPONSE)
        .filter(before -> before.isBare && entry.isBare)
        .filter(before -> before.id().isEmpty() || entry.id().isEmpty())
        .filter(before -> family(before.format).equals(family(entry.format)));
  }

  private void remove(Entry entry) {
    waiting.remove(entry);
    entry.id().map(id -> byId.get(key(entry.side(), id))).ifPresent(same -> same.remove(entry));
  }

  private static String key(Side side, String id) {
    return side + " " + id;
  }

  /** A request in JSON can have a response with binary tensors. */
  private static Format family(Format format) {
    return switch (format) {
      case OIP_BINARY, MLSERVER -> Format.OIP_JSON;
      default -> format;
    };
  }

  /** A half. Two entries are never equal, whatever they hold. */
  static final class Entry {
    private final String label;
    private final Half half;
    private final CallNames otherwise;
    private final Format format;
    private final boolean isBare;

    /**
     * A half.
     *
     * @param label where it came from
     * @param otherwise names of a pair that neither of its halves names
     * @param isBare whether it is a body and nothing else
     */
    Entry(
        String label,
        Half half,
        CallNames otherwise,
        RecordDecoder.Decoded decoded,
        boolean isBare) {
      this.label = label;
      this.half = half;
      this.otherwise = otherwise;
      this.format = decoded.format();
      this.isBare = isBare && decoded.envelope() == Envelope.RAW;
    }

    String label() {
      return label;
    }

    Half half() {
      return half;
    }

    Side side() {
      return half.side();
    }

    private Optional<String> id() {
      return half.names().id();
    }

    private Half named(CallNames names) {
      return new Half(
          half.origin(),
          half.retry(),
          half.timeMillis(),
          half.source(),
          names,
          half.attributes(),
          half.content());
    }
  }

  /** Two halves of one call. */
  record Pair(Entry request, Entry response) {

    /** The events of the call. */
    List<Reading> events(EventAssembler assembler) {
      CallNames names = response.half.names().or(request.half.names()).or(response.otherwise);
      return assembler.join(request.half, response.named(names));
    }
  }
}
