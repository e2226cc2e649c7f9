package dev.parallax.core.watch;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.probe.ProbeAttributes;
import dev.parallax.core.probe.ProbeCycle;
import dev.parallax.core.probe.ProbeSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a model answered to one probe, as its event says. Immutable. */
public final class ProbeAnswer {

  private final Cycle cycle;
  private final InputKey key;
  private final ProbeCycle vector;

  private ProbeAnswer(Cycle cycle, InputKey key, ProbeCycle vector) {
    this.cycle = cycle;
    this.key = key;
    this.vector = vector;
  }

  /**
   * The answer that an event carries.
   *
   * @param event an event whose vector is finite and not zero
   * @param key names the probe
   * @return empty if it does not say which cycle it is of
   */
  public static Optional<ProbeAnswer> of(EmbeddingEvent event, InputKey key) {
    String set = event.attributes().getOrDefault(ProbeAttributes.SET, "");
    OptionalLong start = whole(event, ProbeAttributes.CYCLE);
    OptionalLong probes = whole(event, ProbeAttributes.COUNT);
    if (set.isEmpty()
        || start.isEmpty()
        || probes.isEmpty()
        || probes.getAsLong() < ProbeSet.MIN_PROBES
        || probes.getAsLong() > ProbeSet.MAX_PROBES) {
      return Optional.empty();
    }
    return Optional.of(
        new ProbeAnswer(
            new Cycle(start.getAsLong(), set, (int) probes.getAsLong()),
            key,
            ProbeCycle.of(Map.of(key, event.vector().toFloats()))));
  }

  private static OptionalLong whole(EmbeddingEvent event, String attribute) {
    String text = event.attributes().getOrDefault(attribute, "");
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  /** Which cycle it is of. */
  Cycle cycle() {
    return cycle;
  }

  /** Names the probe. */
  InputKey key() {
    return key;
  }

  /** Width of the vector. */
  int width() {
    return vector.width();
  }

  /** The vector. */
  float[] vector() {
    return vector.vector(key).orElseThrow();
  }

  /**
   * A cycle of probes.
   *
   * @param startMillis when it began
   * @param set first digits of the digest of its set
   * @param probes how many there are
   */
  record Cycle(long startMillis, String set, int probes) implements Comparable<Cycle> {

    @Override
    public int compareTo(Cycle other) {
      int byStart = Long.compare(startMillis, other.startMillis);
      int bySet = set.compareTo(other.set);
      return byStart != 0 ? byStart : bySet != 0 ? bySet : Integer.compare(probes, other.probes);
    }
  }
}
