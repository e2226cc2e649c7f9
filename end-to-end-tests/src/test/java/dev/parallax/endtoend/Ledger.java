package dev.parallax.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the topics say became of every record that services published. */
final class Ledger {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Ledger() {}

  /**
   * The events of a source that ingest must have passed on, by the name that CloudEvents have: all
   * but what is among the dead letters, and what came twice once.
   */
  static Set<String> wellFormed(
      List<ConsumerRecord<byte[], byte[]>> source,
      List<ConsumerRecord<byte[], byte[]>> deadLetters) {
    Set<String> turnedAway = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> letter : deadLetters) {
      turnedAway.add(
          header(letter, "parallax-source-topic")
              + "-"
              + header(letter, "parallax-source-partition")
              + "@"
              + header(letter, "parallax-source-offset"));
    }
    Set<String> names = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : source) {
      if (!turnedAway.contains(record.topic() + "-" + record.partition() + "@" + record.offset())) {
        names.add(name(record));
      }
    }
    return names;
  }

  /** The name of an event: no two have the same. */
  static String name(ConsumerRecord<byte[], byte[]> event) {
    return header(event, "ce_source") + " " + header(event, "ce_id");
  }

  /** How many events there are of each model. */
  static Map<String, Long> byModel(List<ConsumerRecord<byte[], byte[]>> events) {
    Map<String, Long> counts = new TreeMap<>();
    events.forEach(
        event -> counts.merge(header(event, "ce_subject").replaceFirst("/.*", ""), 1L, Long::sum));
    return counts;
  }

  /** How many events the scores have taken in, of each model. */
  static Map<String, Long> takenIn(List<ConsumerRecord<byte[], byte[]>> scores) {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode score : parsed(scores)) {
      counts.merge(score.path("model").asText(), score.at("/counts/in").asLong(), Long::sum);
    }
    return counts;
  }

  /** Scores whose own counts do not add up to what they have taken in. */
  static List<JsonNode> unbalanced(List<ConsumerRecord<byte[], byte[]>> scores) {
    return parsed(scores).stream().filter(score -> !isBalanced(score)).toList();
  }

  private static boolean isBalanced(JsonNode score) {
    JsonNode counts = score.path("counts");
    long sum = score.path("pairs").asLong();
    for (String part : List.of("sampledOut", "duplicate", "late", "unmatched", "rejected")) {
      sum += counts.path(part).asLong();
    }
    return sum == counts.path("in").asLong();
  }

  /** Panes that have more than one score. */
  static Set<String> repeated(List<ConsumerRecord<byte[], byte[]>> scores) {
    Set<String> panes = new HashSet<>();
    Set<String> repeated = new TreeSet<>();
    for (JsonNode score : parsed(scores)) {
      String pane = score.path("model").asText() + " " + score.path("paneStart").asText();
      if (!panes.add(pane)) {
        repeated.add(pane);
      }
    }
    return repeated;
  }

  private static List<JsonNode> parsed(List<ConsumerRecord<byte[], byte[]>> scores) {
    return scores.stream().map(Ledger::parsed).toList();
  }

  private static JsonNode parsed(ConsumerRecord<byte[], byte[]> score) {
    try {
      return JSON.readTree(score.value());
    } catch (IOException e) {
      throw new AssertionError("a score is not JSON", e);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
