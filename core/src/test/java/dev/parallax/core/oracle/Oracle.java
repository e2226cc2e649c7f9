package dev.parallax.core.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.core.matrix.RowMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The published cases, cut into units that can be checked one by one. */
public final class Oracle {

  private Oracle() {}

  /** All units of all cases, in the order of the manifest. */
  public static List<OracleCase> cases() {
    List<OracleCase> units = new ArrayList<>();
    for (JsonNode node : manifest().get("cases")) {
      if (node.has("oracle")) {
        units.add(
            new OracleCase(
                node.get("id").asText(),
                OracleCase.Kind.PAIR,
                node,
                node.get("oracle"),
                matrix(node, "X"),
                matrix(node, "Y")));
      } else if (node.has("oracle_per_embedding")) {
        addEmbeddings(units, node);
      } else if (node.has("panes")) {
        addStream(units, node);
      } else {
        addAnchors(units, node);
      }
    }
    return units;
  }

  /** One embedding of the nodes of a graph; there is nothing that it is compared with. */
  private static void addEmbeddings(List<OracleCase> units, JsonNode node) {
    node.get("oracle_per_embedding")
        .properties()
        .forEach(
            entry -> {
              RowMatrix embedding = matrix(node, entry.getKey());
              units.add(
                  new OracleCase(
                      node.get("id").asText() + "/" + entry.getKey(),
                      OracleCase.Kind.EMBEDDING,
                      node,
                      entry.getValue(),
                      embedding,
                      embedding));
            });
  }

  /** Window t is rows [t·n, (t+1)·n) of Y against all of X. */
  private static void addAnchors(List<OracleCase> units, JsonNode node) {
    RowMatrix x = matrix(node, "X");
    RowMatrix y = matrix(node, "Y");
    int n = node.get("rows_per_window").asInt();
    for (JsonNode window : node.get("oracle_per_window")) {
      int t = window.get("window").asInt();
      units.add(
          new OracleCase(
              node.get("id").asText() + "/window-" + t,
              OracleCase.Kind.ANCHOR_WINDOW,
              node,
              window,
              x,
              y.rows(t * n, (t + 1) * n)));
    }
  }

  /** Windows of panes, and the panes, of one stream of pairs. */
  private static void addStream(List<OracleCase> units, JsonNode node) {
    RowMatrix x = matrix(node, "X");
    RowMatrix y = matrix(node, "Y");
    int pane = node.get("rows_per_pane").asInt();
    String id = node.get("id").asText();
    for (JsonNode window : node.get("oracle_per_window")) {
      int from = window.get("first_row").asInt();
      int to = from + window.get("row_count").asInt();
      units.add(
          new OracleCase(
              id + "/window-" + window.get("window").asInt(),
              OracleCase.Kind.STREAM_WINDOW,
              node,
              window,
              x.rows(from, to),
              y.rows(from, to)));
    }
    for (JsonNode expected : node.get("oracle_per_pane")) {
      int from = expected.get("pane").asInt() * pane;
      units.add(
          new OracleCase(
              id + "/pane-" + expected.get("pane").asInt(),
              OracleCase.Kind.PANE,
              node,
              expected,
              x.rows(from, from + pane),
              y.rows(from, from + pane)));
    }
  }

  private static JsonNode manifest() {
    try {
      return new ObjectMapper().readTree(bytes("manifest.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An array of a case, by its name in the manifest. */
  static RowMatrix matrix(JsonNode node, String name) {
    JsonNode array = node.get("arrays").get(name);
    ByteBuffer data =
        ByteBuffer.wrap(bytes(array.get("file").asText())).order(ByteOrder.LITTLE_ENDIAN);
    float[][] rows = new float[array.get("rows").asInt()][array.get("cols").asInt()];
    for (float[] row : rows) {
      data.asFloatBuffer().get(row);
      data.position(data.position() + row.length * Float.BYTES);
    }
    return RowMatrix.of(rows);
  }

  private static byte[] bytes(String file) {
    try (InputStream in = Oracle.class.getResourceAsStream("/oracle/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
