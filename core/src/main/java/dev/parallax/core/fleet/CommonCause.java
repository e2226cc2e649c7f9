package dev.parallax.core.fleet;

import dev.parallax.core.fleet.FleetState.Flag;
import dev.parallax.core.window.PaneLength;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Tells one cause that moves many units from as many faults: the reference, the pipeline, something
 * that they share.
 *
 * <p>Units flagged within a few ticks of each other have a common cause if they are more than a
 * share of the fleet, and some at least. A unit flagged within as many ticks of one that has it
 * joins: detectors do not all take equally long. Each keeps the mark until it is no longer flagged.
 * A shadow is neither counted nor joins: what a drill does to it has its cause there.
 */
final class CommonCause {

  private static final int MOST_NAMED = 10;

  private final FleetSettings settings;
  private final long reachMillis;

  CommonCause(FleetSettings settings, PaneLength pane) {
    this.settings = settings;
    this.reachMillis = settings.commonCauseTicks() * pane.millis();
  }

  /**
   * Marks the flags that have a common cause.
   *
   * @param flagged all flags, changed in place
   * @param units number of units with an armed baseline, shadows left out
   * @param tick now
   */
  void mark(SortedMap<Unit, Flag> flagged, int units, long tick) {
    List<Map.Entry<Unit, Flag>> recent =
        flagged.entrySet().stream()
            .filter(e -> !e.getKey().isShadow())
            .filter(e -> tick - e.getValue().since() < reachMillis)
            .toList();
    boolean many =
        recent.size() >= settings.commonCauseLeast()
            && recent.size() > settings.commonCauseShare() * units;
    if (many || recent.stream().anyMatch(e -> e.getValue().commonCause())) {
      recent.forEach(e -> flagged.put(e.getKey(), new Flag(e.getValue().since(), true)));
    }
  }

  /** How many of how many units have a common cause, and which; nothing if none has. */
  static List<String> reasons(SortedMap<Unit, Flag> flagged, int units) {
    List<String> names =
        flagged.entrySet().stream()
            .filter(e -> e.getValue().commonCause())
            .map(e -> e.getKey().toString())
            .toList();
    if (names.isEmpty()) {
      return List.of();
    }
    String named = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
    String more = names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "";
    return List.of(
        names.size() + " of " + units + " models moved at the same time: " + named + more);
  }
}
