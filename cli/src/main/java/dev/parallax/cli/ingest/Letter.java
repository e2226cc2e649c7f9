package dev.parallax.cli.ingest;

import dev.parallax.ingest.DeadLetter;
import dev.parallax.ingest.pairing.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter.
 *
 * @param source who turned the record away: the name of a source, or the stage behind ingest
 * @param reason why, for machines
 * @param detail why, for people
 * @param time when
 * @param origin where the record came from; empty where the stage behind ingest does not say
 * @param callId id of its call, where the record is one half
 * @param valueBytes size of the value that stayed behind
 * @param headers those of the record itself
 */
record Letter(
    String source,
    String reason,
    String detail,
    Instant time,
    Optional<Origin> origin,
    Optional<String> callId,
    Optional<Long> valueBytes,
    Map<String, String> headers) {

  private static final String STAGE = "parallax-stage";
  private static final String UNKNOWN = "unknown";

  /** The letter that a record of the topic of dead letters is. */
  static Letter of(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    Map<String, String> own = new TreeMap<>();
    Map<String, String> others = new TreeMap<>();
    for (Header header : record.headers()) {
      String value =
          header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
      (header.key().startsWith(DeadLetter.PREFIX) ? own : others).put(header.key(), value);
    }
    return new Letter(
        own.getOrDefault(DeadLetter.SOURCE, own.getOrDefault(STAGE, UNKNOWN)),
        own.getOrDefault(DeadLetter.REASON, UNKNOWN),
        own.getOrDefault(DeadLetter.DETAIL, ""),
        Instant.ofEpochMilli(record.timestamp()),
        originOf(own),
        Optional.ofNullable(own.get(DeadLetter.CALL_ID)),
        number(own.get(DeadLetter.VALUE_BYTES)),
        others);
  }

  /** Whether the record is no letter but says that one was sent again. */
  static boolean isReceipt(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    return record.headers().lastHeader(DeadLetter.RETRIED) != null;
  }

  /** A position in a few characters: {@code topic-0@42}. */
  static String text(Origin origin) {
    return origin.topic() + "-" + origin.partition() + "@" + origin.offset();
  }

  /** Where the record came from, in a few characters. */
  String originText() {
    return origin.map(Letter::text).orElse("-");
  }

  private static Optional<Origin> originOf(Map<String, String> headers) {
    String topic = headers.get(DeadLetter.SOURCE_TOPIC);
    Optional<Long> partition = number(headers.get(DeadLetter.SOURCE_PARTITION));
    Optional<Long> offset = number(headers.get(DeadLetter.SOURCE_OFFSET));
    return topic == null || partition.isEmpty() || offset.isEmpty()
        ? Optional.empty()
        : Optional.of(new Origin(topic, partition.get().intValue(), offset.get()));
  }

  private static Optional<Long> number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}")
        ? Optional.of(Long.valueOf(text))
        : Optional.empty();
  }
}
