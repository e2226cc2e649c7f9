package dev.parallax.core.fleet;

import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.Series;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of a fleet between ticks. Immutable; {@link FleetStateCodec} gives it bytes.
 *
 * @param series every series that is not long silent
 * @param flagged the units that page
 */
public record FleetState(SortedMap<Series, Member> series, SortedMap<Unit, Flag> flagged) {

  /** A fleet of which nothing is known. */
  public static final FleetState EMPTY = new FleetState(new TreeMap<>(), new TreeMap<>());

  /** Copies the maps. */
  public FleetState {
    series = sorted(series);
    flagged = sorted(flagged);
  }

  private static <K, V> SortedMap<K, V> sorted(SortedMap<K, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /**
   * What is remembered of a series.
   *
   * @param verdict the last one
   * @param evidenceLog10 decimal logarithm of its evidence, if its baseline is armed
   * @param silentSince end of the pane in which it fell silent, event time in milliseconds; {@link
   *     Long#MAX_VALUE} if it is not silent
   */
  public record Member(Verdict verdict, OptionalDouble evidenceLog10, long silentSince) {

    /** For how long it has been silent, in milliseconds; less than 0 if it is not. */
    long silentFor(long now) {
      return silentSince == Long.MAX_VALUE ? -1 : now - silentSince;
    }

    /** The same with another verdict. */
    Member with(Verdict other) {
      return new Member(other, evidenceLog10, silentSince);
    }
  }

  /**
   * Why a unit pages.
   *
   * @param since the tick that flagged it
   * @param commonCause whether it moved together with many others
   */
  public record Flag(long since, boolean commonCause) {}
}
