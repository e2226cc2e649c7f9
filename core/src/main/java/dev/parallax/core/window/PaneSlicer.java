package dev.parallax.core.window;

import dev.parallax.core.embedding.InputKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts a pane into slices: for every attribute the pairs of each of its values.
 *
 * <p>Of an attribute with more values the most frequent in the pane stay, of equally frequent ones
 * those that come first by name. Rows are shared with the pane and keep their order.
 */
public final class PaneSlicer {

  private final List<String> attributes;
  private final int values;

  /**
   * A slicer.
   *
   * @param attributes names of the attributes
   * @param values most values of one attribute
   */
  public PaneSlicer(List<String> attributes, int values) {
    this.attributes = List.copyOf(attributes);
    this.values = values;
  }

  /**
   * Cuts a pane.
   *
   * @param pane all traffic of a model
   * @param attributesOfRows the attributes of the event of every row
   */
  public Cut cut(PairedPane pane, List<Map<String, String>> attributesOfRows) {
    List<PairedPane> slices = new ArrayList<>();
    int hidden = 0;
    for (String attribute : attributes) {
      Map<String, List<Integer>> rowsOfValues = new TreeMap<>();
      for (int i = 0; i < attributesOfRows.size(); i++) {
        String value = attributesOfRows.get(i).getOrDefault(attribute, "");
        if (!value.isEmpty()) {
          rowsOfValues.computeIfAbsent(value, v -> new ArrayList<>()).add(i);
        }
      }
      // A stable sort: values of equal frequency stay in the order of their names.
      rowsOfValues.entrySet().stream()
          .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
          .limit(values)
          .forEach(
              entry ->
                  slices.add(
                      rows(
                          pane,
                          pane.series().sliced(attribute, entry.getKey()),
                          entry.getValue())));
      hidden += Math.max(0, rowsOfValues.size() - values);
    }
    return new Cut(slices, hidden);
  }

  /** What became of these rows is known; of the pane's other events no slice can be told. */
  private static PairedPane rows(PairedPane pane, Series series, List<Integer> rows) {
    int n = rows.size();
    float[][] live = new float[n][];
    float[][] reference = new float[n][];
    float[] norms = new float[n];
    List<InputKey> keys = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      int row = rows.get(i);
      live[i] = pane.live()[row];
      reference[i] = pane.reference()[row];
      norms[i] = pane.norms()[row];
      keys.add(pane.keys().get(row));
    }
    EventCounts counts = new EventCounts(n, 0, 0, 0, 0, 0);
    return new PairedPane(series, pane.start(), keys, live, norms, reference, counts);
  }

  /**
   * The slices of a pane.
   *
   * @param slices by attribute, the most frequent value first; their counts are of their pairs
   *     alone, which the pane has counted too
   * @param hidden how many values were left out
   */
  public record Cut(List<PairedPane> slices, int hidden) {

    /** Copies the slices. */
    public Cut {
      slices = List.copyOf(slices);
    }
  }
}
