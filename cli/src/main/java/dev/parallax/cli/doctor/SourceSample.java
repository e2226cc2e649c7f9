package dev.parallax.cli.doctor;

import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.ingest.envelope.Envelope;
import dev.parallax.ingest.envelope.EnvelopeOptions;
import dev.parallax.ingest.envelope.EnvelopeReaders;
import dev.parallax.ingest.envelope.EnvelopeSniffer;
import dev.parallax.ingest.envelope.Opened;
import dev.parallax.ingest.envelope.SourceRecord;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.FormatSniffer;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.json.JsonTree;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import dev.parallax.ingest.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;

/** The newest records of a source's topics, and what they look like. */
final class SourceSample {

  private static final int PER_PARTITION = 200;
  private static final int PER_TOPIC = 2_000;
  private static final int MOST_NAMES = 5;

  private final List<SourceRecord> records = new ArrayList<>();

  /** Reads the newest of a topic; adds nothing of one that does not exist. */
  void read(RecordReader reader, String topic) {
    int partitions = Math.max(1, reader.partitions(topic).size());
    int each = Math.max(1, Math.min(PER_PARTITION, PER_TOPIC / partitions));
    reader.readNewest(
        topic,
        each,
        record ->
            records.add(
                new SourceRecord(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    record.headers())));
  }

  List<SourceRecord> records() {
    return List.copyOf(records);
  }

  /** How many are of a topic. */
  int count(String topic) {
    return (int) records.stream().filter(record -> record.topic().equals(topic)).count();
  }

  /** The envelopes that the records look like, the most frequent first, with their counts. */
  List<Map.Entry<Envelope, Integer>> envelopes() {
    Map<Envelope, Integer> counts = new EnumMap<>(Envelope.class);
    records.forEach(record -> counts.merge(EnvelopeSniffer.sniff(record), 1, Integer::sum));
    return sorted(counts);
  }

  /** The formats that the bodies in that envelope look like, the most frequent first. */
  List<Map.Entry<Format, Integer>> formats(Envelope envelope, EnvelopeOptions options) {
    Map<Format, Integer> counts = new EnumMap<>(Format.class);
    for (SourceRecord record : records) {
      try {
        if (EnvelopeReaders.of(envelope, options).open(record) instanceof Opened.Message message) {
          FormatSniffer.sniff(message.body()).ifPresent(of -> counts.merge(of, 1, Integer::sum));
        }
      } catch (RejectedBodyException e) {
        continue; // It has no body in this envelope, so it looks like nothing.
      }
    }
    return sorted(counts);
  }

  /** Headers that could hold ids of calls: on nearly all records, and shared by two at most. */
  List<String> idHeaders() {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Set<String>> values = new HashMap<>();
    for (SourceRecord record : records) {
      for (Header header : record.headers()) {
        if (header.value() != null && header.value().length > 0) {
          counts.merge(header.key(), 1, Integer::sum);
          values
              .computeIfAbsent(header.key(), key -> new HashSet<>())
              .add(new String(header.value(), StandardCharsets.UTF_8));
        }
      }
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= 0.9 * records.size())
        .map(Map.Entry::getKey)
        .filter(name -> values.get(name).size() >= 0.4 * counts.get(name))
        .sorted(
            Comparator.comparing((String name) -> !name.toLowerCase(Locale.ROOT).contains("id"))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST_NAMES)
        .toList();
  }

  /** Values of an attribute or header, the most frequent first. */
  List<String> valuesOf(String attribute) {
    Map<String, Integer> counts = new HashMap<>();
    for (SourceRecord record : records) {
      value(record, attribute.toLowerCase(Locale.ROOT))
          .ifPresent(value -> counts.merge(value, 1, Integer::sum));
    }
    return sorted(counts).stream().map(Map.Entry::getKey).limit(MOST_NAMES).toList();
  }

  private static Optional<String> value(SourceRecord record, String attribute) {
    for (Header header : record.headers()) {
      String name = header.key().toLowerCase(Locale.ROOT);
      boolean isNamed =
          name.equals(attribute)
              || name.equals("ce_" + attribute)
              || name.equals("ce-" + attribute);
      if (isNamed && header.value() != null) {
        return Optional.of(new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    if (EnvelopeSniffer.sniff(record) != Envelope.CLOUDEVENTS || record.value() == null) {
      return Optional.empty();
    }
    try {
      return JsonTree.read(record.value()).get(attribute).flatMap(JsonValue::text);
    } catch (NotJsonException e) {
      return Optional.empty();
    }
  }

  private static <T> List<Map.Entry<T, Integer>> sorted(Map<T, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .toList();
  }
}
