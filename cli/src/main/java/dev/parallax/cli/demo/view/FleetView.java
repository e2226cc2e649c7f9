package dev.parallax.cli.demo.view;

import dev.parallax.cli.demo.models.DemoModel;
import dev.parallax.core.drift.Verdict;
import dev.parallax.core.window.EventCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The demo's models as their scores tell it. Thread-safe. */
public final class FleetView {

  private final Map<DemoModel, List<ScoreReading>> readings = new LinkedHashMap<>();
  private EventCounts counts = EventCounts.NONE;

  /** A view without scores. */
  public FleetView(List<DemoModel> models) {
    models.forEach(model -> readings.put(model, new ArrayList<>()));
  }

  /**
   * Takes in a score. One of another fleet, of a slice, or of a pane that was seen before (a score
   * may be published twice) is left aside.
   *
   * @return the change of verdict that it brings, if it does
   */
  public synchronized Optional<VerdictChange> accept(ScoreReading reading) {
    Optional<DemoModel> model =
        readings.keySet().stream()
            .filter(m -> m.name().equals(reading.model()) && m.version().equals(reading.version()))
            .findFirst();
    if (model.isEmpty() || !reading.slice().isEmpty()) {
      return Optional.empty();
    }
    List<ScoreReading> ofModel = readings.get(model.get());
    Optional<ScoreReading> last =
        ofModel.isEmpty() ? Optional.empty() : Optional.of(ofModel.get(ofModel.size() - 1));
    if (last.isPresent() && !reading.paneEnd().isAfter(last.get().paneEnd())) {
      return Optional.empty();
    }
    ofModel.add(reading);
    counts = counts.plus(reading.counts());
    Verdict before = last.map(ScoreReading::verdict).orElse(Verdict.WARMING);
    return before == reading.verdict()
        ? Optional.empty()
        : Optional.of(new VerdictChange(model.get(), before, reading.verdict(), reading.paneEnd()));
  }

  /** The models in their order. */
  public synchronized List<ModelView> models() {
    return readings.entrySet().stream()
        .map(entry -> new ModelView(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** What became of the events, over all scores. */
  public synchronized EventCounts counts() {
    return counts;
  }
}
