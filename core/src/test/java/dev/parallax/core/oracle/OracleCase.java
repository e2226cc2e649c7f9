package dev.parallax.core.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parallax.core.matrix.RowMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Two matrices of paired rows and what published code says of them.
 *
 * @param id of the case, with the window, pane or embedding it is
 * @param manifest the whole entry of the case, for what belongs to all its units
 * @param expected the figures
 * @param x n rows; of an embedding its only matrix
 * @param y n rows
 */
public record OracleCase(
    String id, Kind kind, JsonNode manifest, JsonNode expected, RowMatrix x, RowMatrix y) {

  /** What a unit is, and so which figures it states. */
  public enum Kind {
    PAIR,
    ANCHOR_WINDOW,
    STREAM_WINDOW,
    PANE,
    EMBEDDING
  }

  /** Letter of the group that the README explains. */
  public String group() {
    return manifest.get("group").asText();
  }

  /** Whether this is case {@code prefix}, such as {@code g2}. */
  public boolean is(String prefix) {
    return id.startsWith(prefix);
  }

  /**
   * The leaves of {@link #expected}, paths joined by dots; a list of numbers is one leaf, and what
   * each source returned ({@code by}) is left out.
   */
  public List<Leaf> leaves() {
    List<Leaf> leaves = new ArrayList<>();
    collect("", expected, leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, List<Leaf> leaves) {
    if (!node.isObject()) {
      leaves.add(new Leaf(path, node));
      return;
    }
    node.properties()
        .forEach(
            entry -> {
              if (!entry.getKey().equals("by")) {
                String prefix = path.isEmpty() ? "" : path + ".";
                collect(prefix + entry.getKey(), entry.getValue(), leaves);
              }
            });
  }

  /**
   * One expected value.
   *
   * @param path such as {@code knn.raw.cknna}
   * @param value a number, null, a boolean, text or a list of numbers
   */
  public record Leaf(String path, JsonNode value) {}

  @Override
  public String toString() {
    return id;
  }
}
