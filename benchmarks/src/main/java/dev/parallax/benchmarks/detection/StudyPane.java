package dev.parallax.benchmarks.detection;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.PairedPane;
import dev.parallax.core.window.Series;
import java.util.ArrayList;
import java.util.List;

/** Puts the pairs of a pane together, row by row. */
final class StudyPane {

  static final long MILLIS = 60_000;

  private final List<InputKey> keys = new ArrayList<>();
  private final List<float[]> live = new ArrayList<>();
  private final List<Float> norms = new ArrayList<>();
  private final List<float[]> reference = new ArrayList<>();
  private long repeats;

  /** Adds the pair of an input whose answer is row {@code answered} of {@code space}. */
  void add(long input, Space space, int answered, float[] referenceRow) {
    keys.add(new InputKey(input * 0x9e3779b97f4a7c15L, input));
    live.add(space.rows()[answered]);
    norms.add(space.norms()[answered]);
    reference.add(referenceRow);
  }

  /** Counts an event that repeats an input of the pane. */
  void repeat() {
    repeats++;
  }

  /** The pane in place {@code index} of its stream. */
  PairedPane build(StudyModel model, int index) {
    float[] ofRows = new float[norms.size()];
    for (int i = 0; i < ofRows.length; i++) {
      ofRows[i] = norms.get(i);
    }
    return new PairedPane(
        Series.of(model.label(), "1", "all-minilm-l6-v2"),
        index * MILLIS,
        keys,
        live.toArray(float[][]::new),
        ofRows,
        reference.toArray(float[][]::new),
        new EventCounts(live.size() + repeats, 0, repeats, 0, 0, 0));
  }
}
