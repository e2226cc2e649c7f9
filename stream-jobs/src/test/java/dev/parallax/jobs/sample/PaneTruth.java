package dev.parallax.jobs.sample;

import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PaneLength;
import dev.parallax.core.window.SampleHash;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.source.RawEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the panes of some events must come to, by the definition: all events in hand at once. Lines
 * of {@code pane series: in, sampled out, duplicate, late, kept ids with their repeats}.
 */
final class PaneTruth {

  private PaneTruth() {}

  /** The panes of events none of which is late. */
  static List<String> of(List<RawEvent> events, SampleSettings settings) {
    PaneLength length = settings.pane();
    Map<String, List<RawEvent>> panes = new TreeMap<>();
    for (RawEvent event : events) {
      long start = length.startOf(event.timeMillis());
      panes
          .computeIfAbsent(start + " " + event.series().key(), pane -> new ArrayList<>())
          .add(event);
    }
    List<String> lines = new ArrayList<>();
    panes.forEach((pane, members) -> lines.add(pane + ": " + line(members, settings)));
    return lines;
  }

  private static String line(List<RawEvent> events, SampleSettings settings) {
    long start = settings.pane().startOf(events.get(0).timeMillis());
    long salt = new SampleHash(settings.seed()).paneSalt(start);
    Map<Object, List<RawEvent>> byInput = new HashMap<>();
    events.forEach(e -> byInput.computeIfAbsent(e.key(), key -> new ArrayList<>()).add(e));
    List<List<RawEvent>> kept =
        byInput.values().stream()
            .sorted(
                (a, b) ->
                    Long.compareUnsigned(
                        SampleHash.of(salt, a.get(0).key()), SampleHash.of(salt, b.get(0).key())))
            .limit(settings.size())
            .toList();
    int repeats = kept.stream().mapToInt(input -> input.size() - 1).sum();
    StringBuilder ids = new StringBuilder();
    for (List<RawEvent> input : kept) {
      RawEvent earliest =
          input.stream()
              .min(Comparator.comparingLong(RawEvent::timeMillis).thenComparing(RawEvent::id))
              .orElseThrow();
      ids.append(' ').append(earliest.id()).append('+').append(input.size() - 1);
    }
    int sampledOut = events.size() - kept.size() - repeats;
    return events.size() + ", " + sampledOut + ", " + repeats + ", 0," + ids;
  }

  /** What parts come to when they are merged. */
  static List<String> ofParts(Iterable<SamplePart> parts, SampleSettings settings) {
    Map<String, PaneDraft> drafts = new TreeMap<>();
    for (SamplePart part : parts) {
      Series series = part.series();
      drafts
          .computeIfAbsent(
              part.paneStart() + " " + series.key(), pane -> new PaneDraft(series, settings.size()))
          .add(part);
    }
    List<String> lines = new ArrayList<>();
    drafts.forEach(
        (pane, draft) ->
            lines.add(pane + ": " + line(draft.counts(), draft.sample().inHashOrder())));
    return lines;
  }

  /** Finished panes in the same form. */
  static List<String> ofPanes(List<PaneSample> panes) {
    return panes.stream()
        .map(
            pane ->
                pane.paneStart()
                    + " "
                    + pane.series().key()
                    + ": "
                    + line(pane.counts(), pane.inputs()))
        .sorted()
        .toList();
  }

  private static String line(EventCounts counts, List<Kept<byte[]>> inputs) {
    StringBuilder ids = new StringBuilder();
    for (Kept<byte[]> input : inputs) {
      ids.append(' ').append(input.id()).append('+').append(input.repeats());
    }
    return counts.in()
        + ", "
        + counts.sampledOut()
        + ", "
        + counts.duplicate()
        + ", "
        + counts.late()
        + ","
        + ids;
  }
}
