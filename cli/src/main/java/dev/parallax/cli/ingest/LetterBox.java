package dev.parallax.cli.ingest;

import dev.parallax.cli.kafka.RecordReader;
import dev.parallax.ingest.pairing.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The dead letters, and which of them were sent again.
 *
 * <p>That a record was sent again is written into the same topic as a receipt, in one transaction
 * with the record. A letter is settled by a receipt of its record's position that is not clearly
 * older than the letter, as one would be that is left from a topic of the same name. A record that
 * was sent again and turned away again lies at another position, so it has a letter of its own that
 * no receipt settles.
 */
final class LetterBox {

  /** How far the clocks of ingest and of who sends again may be apart. */
  private static final Duration MOST_SKEW = Duration.ofMinutes(5);

  private final RecordReader reader;
  private final String topic;
  private final LetterFilter filter;
  private final Map<Origin, Instant> receipts = new HashMap<>();

  private LetterBox(RecordReader reader, String topic, LetterFilter filter) {
    this.reader = reader;
    this.topic = topic;
    this.filter = filter;
  }

  /** Opens the box: reads the receipts up to the present end. */
  static LetterBox open(RecordReader reader, String topic, LetterFilter filter) {
    LetterBox box = new LetterBox(reader, topic, filter);
    reader.readAll(
        topic,
        filter.from(),
        record -> {
          if (Letter.isReceipt(record)) {
            Letter receipt = Letter.of(record);
            receipt
                .origin()
                .ifPresent(of -> box.receipts.merge(of, receipt.time(), LetterBox::later));
          }
        });
    return box;
  }

  /** Hands on the letters that the filter admits, up to the present end, in no certain order. */
  void read(Consumer<Letter> letters) {
    reader.readAll(
        topic,
        filter.from(),
        record -> {
          if (!Letter.isReceipt(record)) {
            Letter letter = Letter.of(record);
            if (filter.admits(letter)) {
              letters.accept(letter);
            }
          }
        });
  }

  /** Whether the letter's record was sent again. */
  boolean isSettled(Letter letter) {
    return letter
        .origin()
        .map(receipts::get)
        .filter(receipt -> !receipt.plus(MOST_SKEW).isBefore(letter.time()))
        .isPresent();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
