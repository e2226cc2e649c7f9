package dev.parallax.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.cli.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One score as it was written.
 *
 * @param id which pane of which series
 * @param text the record's value
 */
record PaneScore(Id id, String text) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROVENANCE = ",\"provenance\":{";

  static PaneScore of(byte[] key, byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    Instant start = Instant.parse(read(text).path("paneStart").asText());
    return new PaneScore(new Id(new String(key, StandardCharsets.UTF_8), start), text);
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw CliException.failure("a record of the scores topic is not a score: " + e.getMessage());
    }
  }

  /**
   * The bytes less the provenance, which says with what a score was computed and not what it says.
   */
  String comparable() {
    int from = text.indexOf(PROVENANCE);
    int to = text.indexOf('}', from);
    return from < 0 ? text : text.substring(0, from) + text.substring(to + 1);
  }

  /** Its fields. */
  JsonNode fields() {
    return read(text);
  }

  boolean equalsBytesOf(PaneScore other) {
    return comparable().equals(other.comparable());
  }

  /** Names of the fields that differ, other than the provenance. */
  List<String> differences(PaneScore other) {
    JsonNode mine = fields();
    JsonNode theirs = other.fields();
    TreeSet<String> names = new TreeSet<>();
    mine.fieldNames().forEachRemaining(names::add);
    theirs.fieldNames().forEachRemaining(names::add);
    names.remove("provenance");
    List<String> different = new ArrayList<>();
    for (String name : names) {
      if (!mine.path(name).equals(theirs.path(name))) {
        different.add(name);
      }
    }
    return different;
  }

  /**
   * Which pane of which series.
   *
   * @param series key of the series
   * @param paneStart start of the pane
   */
  record Id(String series, Instant paneStart) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      int byStart = paneStart.compareTo(other.paneStart);
      return byStart != 0 ? byStart : series.compareTo(other.series);
    }
  }
}
