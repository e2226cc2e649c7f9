package dev.parallax.jobs.score;

import dev.parallax.core.drift.BaselineHistory;
import dev.parallax.core.drift.BaselineRecord;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.source.PastBaselines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What was written about the baselines of the series of one subtask before the job began. Read once
 * and kept in the job's state, so that a restart finds what the first start found.
 */
final class Histories {

  private final Map<Series, BaselineHistory> histories = new HashMap<>();

  /** What is written now, of the series that are {@code ours}. */
  static Histories read(PastBaselines source, Predicate<Series> ours) {
    Map<Series, Map<String, BaselineRecord>> newest = new HashMap<>();
    source.read(
        record -> {
          if (ours.test(record.series())) {
            newest
                .computeIfAbsent(record.series(), series -> new LinkedHashMap<>())
                .put(record.baseline(), record);
          }
        });
    Histories read = new Histories();
    newest.forEach(
        (series, records) ->
            read.histories.put(series, BaselineHistory.of(List.copyOf(records.values()))));
    return read;
  }

  /** What was kept, by all subtasks, of the series that are {@code ours}. */
  static Histories restored(Iterable<SeriesPast> kept, Predicate<Series> ours) {
    Histories restored = new Histories();
    for (SeriesPast past : kept) {
      if (ours.test(past.series())) {
        restored.histories.put(past.series(), past.history());
      }
    }
    return restored;
  }

  /** What was written about a series. */
  BaselineHistory of(Series series) {
    return histories.getOrDefault(series, BaselineHistory.NONE);
  }

  /** A series has its first pane. */
  void begun(Series series) {
    histories.computeIfPresent(series, (key, history) -> history.begun());
  }

  /** What is to be kept. */
  List<SeriesPast> kept() {
    List<SeriesPast> kept = new ArrayList<>();
    histories.forEach((series, history) -> kept.add(new SeriesPast(series, history)));
    return kept;
  }
}
