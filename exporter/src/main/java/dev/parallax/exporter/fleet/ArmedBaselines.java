package dev.parallax.exporter.fleet;

import dev.parallax.core.drift.Arming;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.window.Series;
import java.util.HashMap;
import java.util.Map;

/**
 * Since when series are tested against the baselines that they have. Baselines of one series may be
 * read in any order, since each has a key of its own. Not thread-safe.
 */
final class ArmedBaselines {

  private record Armed(Series series, long since) {}

  private final Recent<String, Armed> byKey;

  /**
   * None yet.
   *
   * @param remembered most baselines that are remembered
   */
  ArmedBaselines(int remembered) {
    this.byKey = new Recent<>(remembered);
  }

  /** Takes in what became of a baseline. */
  void accept(BaselineRecord record) {
    if (record.state() == BaselineRecord.State.ARMED && record.arming().isPresent()) {
      Arming arming = record.arming().get();
      byKey.put(record.key(), new Armed(record.series(), arming.from()));
    } else {
      byKey.remove(record.key());
    }
  }

  /** Forgets the baseline whose records have this key; whether there was one. */
  boolean remove(String key) {
    return byKey.remove(key) != null;
  }

  /** Event time in milliseconds since when, by series; of several baselines the newest. */
  Map<Series, Long> since() {
    Map<Series, Long> since = new HashMap<>();
    byKey.values().forEach(armed -> since.merge(armed.series(), armed.since(), Math::max));
    return since;
  }
}
