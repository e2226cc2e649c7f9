package dev.parallax.cli.replay;

import dev.parallax.cli.replay.PaneScore.Id;
import dev.parallax.core.json.CanonicalJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Live scores against replayed ones, pane by pane.
 *
 * @param equal panes whose scores are equal byte for byte, provenance aside
 * @param different panes whose scores are not, with the fields that differ
 * @param missing panes that were scored live and not in the replay
 * @param unexpected panes that were scored in the replay and, though later ones were, not live
 * @param open panes that were still open when the live job stopped
 */
record Comparison(
    int equal,
    SortedMap<Id, List<String>> different,
    List<Id> missing,
    List<Id> unexpected,
    List<Id> open) {

  static Comparison of(Map<Id, PaneScore> live, Map<Id, PaneScore> replayed) {
    int equal = 0;
    SortedMap<Id, List<String>> different = new TreeMap<>();
    List<Id> missing = new ArrayList<>();
    for (PaneScore score : new TreeMap<>(live).values()) {
      PaneScore again = replayed.get(score.id());
      if (again == null) {
        missing.add(score.id());
      } else if (score.equalsBytesOf(again)) {
        equal++;
      } else {
        different.put(score.id(), score.differences(again));
      }
    }
    Map<String, Instant> lastLive = new HashMap<>();
    live.keySet()
        .forEach(id -> lastLive.merge(id.series(), id.paneStart(), (a, b) -> a.isAfter(b) ? a : b));
    List<Id> unexpected = new ArrayList<>();
    List<Id> open = new ArrayList<>();
    for (Id id : new TreeMap<>(replayed).keySet()) {
      if (!live.containsKey(id)) {
        Instant last = lastLive.getOrDefault(id.series(), Instant.MIN);
        (id.paneStart().isAfter(last) ? open : unexpected).add(id);
      }
    }
    return new Comparison(equal, different, missing, unexpected, open);
  }

  boolean agrees() {
    return different.isEmpty() && missing.isEmpty() && unexpected.isEmpty() && equal > 0;
  }

  /** What was found, in words. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (agrees()) {
      lines.add("All " + equal + " scores are equal, byte for byte.");
    } else if (equal == 0 && different.isEmpty() && missing.isEmpty()) {
      lines.add("There are no live scores to compare with.");
    } else {
      int compared = equal + different.size() + missing.size();
      lines.add(
          (different.size() + missing.size() + unexpected.size())
              + " of "
              + compared
              + " scores differ; "
              + equal
              + " are equal.");
      different.entrySet().stream()
          .limit(10)
          .forEach(
              entry ->
                  lines.add(
                      "  " + named(entry.getKey()) + ": " + String.join(", ", entry.getValue())));
      missing.stream().limit(10).forEach(id -> lines.add("  " + named(id) + ": not replayed"));
      unexpected.stream().limit(10).forEach(id -> lines.add("  " + named(id) + ": not live"));
    }
    if (!open.isEmpty()) {
      lines.add(open.size() + " panes were still open when the live job stopped.");
    }
    return lines;
  }

  /** The same for machines. */
  byte[] toJson() {
    return CanonicalJson.objectBytes(
        json ->
            json.field("agrees", agrees())
                .field("equal", equal)
                .objects(
                    "different",
                    List.copyOf(different.entrySet()),
                    (entry, difference) ->
                        entry
                            .field("series", difference.getKey().series())
                            .field("paneStart", difference.getKey().paneStart().toString())
                            .texts("fields", difference.getValue()))
                .texts("missing", missing.stream().map(Comparison::named).toList())
                .texts("unexpected", unexpected.stream().map(Comparison::named).toList())
                .texts("open", open.stream().map(Comparison::named).toList()));
  }

  private static String named(Id id) {
    return id.series() + " " + id.paneStart();
  }
}
