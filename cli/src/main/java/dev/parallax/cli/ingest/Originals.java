package dev.parallax.cli.ingest;

import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.ingest.pairing.Origin;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The records that dead letters tell of, where their own topics still hold them. */
final class Originals {

  private final NavigableMap<TopicPartition, NavigableMap<Long, Optional<Long>>> wanted =
      new TreeMap<>(
          Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));

  private Originals() {}

  /** Those of letters that say where their record is. */
  static Originals of(Collection<Letter> letters) {
    Originals originals = new Originals();
    letters.forEach(originals::add);
    return originals;
  }

  private void add(Letter letter) {
    if (letter.origin().isPresent()) {
      Origin origin = letter.origin().get();
      wanted
          .computeIfAbsent(
              new TopicPartition(origin.topic(), origin.partition()), key -> new TreeMap<>())
          .merge(
              origin.offset(), letter.valueBytes(), (one, other) -> one.isPresent() ? one : other);
    }
  }

  /** How many they are; records that several letters tell of count once. */
  int count() {
    return wanted.values().stream().mapToInt(Map::size).sum();
  }

  /**
   * Hands on those that are still there, in the order of their partitions. A record whose value has
   * another size than the letter says is another one, of a topic that was made anew.
   */
  void read(
      RecordReader reader, Consumer<ConsumerRecord<byte @Nullable [], byte @Nullable []>> records) {
    wanted.forEach(
        (partition, offsets) ->
            reader.readAt(
                partition,
                offsets.navigableKeySet(),
                record -> {
                  long bytes = record.value() == null ? 0 : record.value().length;
                  Optional<Long> expected = offsets.get(record.offset());
                  if (expected == null || expected.isEmpty() || expected.get() == bytes) {
                    records.accept(record);
                  }
                }));
  }
}
