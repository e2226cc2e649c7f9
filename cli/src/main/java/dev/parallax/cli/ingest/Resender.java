package dev.parallax.cli.ingest;

import dev.parallax.cli.CliException;
import dev.parallax.cli.config.ParallaxConfig;
import dev.parallax.cli.kafka.Brokers;
import dev.parallax.ingest.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to their topics once more, each in one transaction with the receipt that says so:
 * after a crash either both are there or neither is. Of two that run at once the later one shuts
 * the earlier one out.
 */
final class Resender implements AutoCloseable {

  /** A transaction costs some milliseconds: this many share one, unless one of them fails. */
  private static final int BATCH = 100;

  private static final long BATCH_BYTES = 8L << 20;

  /** The topic decides how large a record may be. */
  private static final int MAX_REQUEST_BYTES = 256 << 20;

  private final KafkaProducer<byte @Nullable [], byte @Nullable []> producer;
  private final String deadLetters;
  private final List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> batch =
      new ArrayList<>();
  private long batchBytes;
  private int sent;
  private int failed;
  private Optional<String> firstFailure = Optional.empty();

  private Resender(
      KafkaProducer<byte @Nullable [], byte @Nullable []> producer, String deadLetters) {
    this.producer = producer;
    this.deadLetters = deadLetters;
  }

  /**
   * Shuts out whoever else does this for the same application.
   *
   * @throws CliException if the brokers do not allow it
   */
  static Resender start(ParallaxConfig config) {
    Map<String, Object> settings = new HashMap<>(config.kafka().clientProperties());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    settings.put(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.ingest().applicationId() + "-retry");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) MAX_REQUEST_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Brokers.PATIENCE.toMillis());
    try {
      KafkaProducer<byte @Nullable [], byte @Nullable []> producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
      Resender resender = new Resender(producer, config.topics().names().deadLetters());
      resender.takeOver();
      return resender;
    } catch (KafkaException e) {
      throw CliException.failure("cannot write: " + e.getMessage(), e);
    }
  }

  private void takeOver() {
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /** Sends a record; it is there after the next {@link #flush()} at the latest. */
  void send(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    batch.add(record);
    batchBytes += Math.max(0, record.serializedValueSize());
    if (batch.size() >= BATCH || batchBytes >= BATCH_BYTES) {
      flush();
    }
  }

  /**
   * Waits until all of them are written.
   *
   * @throws CliException if the brokers shut this process out
   */
  void flush() {
    List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> records = List.copyOf(batch);
    batch.clear();
    batchBytes = 0;
    if (records.isEmpty() || write(records).isEmpty()) {
      sent += records.size();
      return;
    }
    for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : records) {
      Optional<String> failure = write(List.of(record));
      if (failure.isEmpty()) {
        sent++;
      } else {
        failed++;
        firstFailure = firstFailure.or(() -> failure);
      }
    }
  }

  /** How many were written. */
  int sent() {
    return sent;
  }

  /** How many the brokers refused. */
  int failed() {
    return failed;
  }

  /** Why the first of these was. */
  Optional<String> firstFailure() {
    return firstFailure;
  }

  /** Writes all of them or, for the reason that it returns, none. */
  private Optional<String> write(
      List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> records) {
    try {
      producer.beginTransaction();
      for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : records) {
        int count = retries(record.headers()) + 1;
        producer.send(again(record, count));
        producer.send(receipt(record, count));
      }
      producer.commitTransaction();
      return Optional.empty();
    } catch (ProducerFencedException
        | InvalidProducerEpochException
        | OutOfOrderSequenceException e) {
      throw CliException.failure("another retry of this application has taken over", e);
    } catch (AuthorizationException e) {
      throw CliException.failure("not allowed to write: " + e.getMessage(), e);
    } catch (KafkaException e) {
      producer.abortTransaction();
      Throwable reason = e.getCause() == null ? e : e.getCause();
      return Optional.of(String.valueOf(reason.getMessage()));
    }
  }

  /** The record with its own time, which is the event time of those that state none. */
  private static ProducerRecord<byte @Nullable [], byte @Nullable []> again(
      ConsumerRecord<byte @Nullable [], byte @Nullable []> record, int count) {
    Headers headers = new RecordHeaders();
    for (Header header : record.headers()) {
      if (!header.key().startsWith(DeadLetter.PREFIX)) {
        headers.add(header);
      }
    }
    headers.add(DeadLetter.RETRY, utf8(Integer.toString(count)));
    Long timestamp = record.timestamp() < 0 ? null : Long.valueOf(record.timestamp());
    return new ProducerRecord<>(
        record.topic(), record.partition(), timestamp, record.key(), record.value(), headers);
  }

  private ProducerRecord<byte @Nullable [], byte @Nullable []> receipt(
      ConsumerRecord<byte @Nullable [], byte @Nullable []> record, int count) {
    Headers headers =
        new RecordHeaders()
            .add(DeadLetter.RETRIED, utf8(Integer.toString(count)))
            .add(DeadLetter.SOURCE_TOPIC, utf8(record.topic()))
            .add(DeadLetter.SOURCE_PARTITION, utf8(Integer.toString(record.partition())))
            .add(DeadLetter.SOURCE_OFFSET, utf8(Long.toString(record.offset())));
    return new ProducerRecord<>(deadLetters, null, null, null, null, headers);
  }

  /** How often the record was sent again before. */
  private static int retries(Headers headers) {
    Header header = headers.lastHeader(DeadLetter.RETRY);
    String text =
        header == null || header.value() == null
            ? ""
            : new String(header.value(), StandardCharsets.UTF_8);
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close(Brokers.PATIENCE);
  }
}
