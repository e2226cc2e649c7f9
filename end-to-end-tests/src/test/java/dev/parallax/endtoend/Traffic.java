package dev.parallax.endtoend;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.InputKeyHasher;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.client.NativeEventRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An hour of made-up inferences of two models in the order they are sent, with a known number of
 * each thing that goes wrong. A model's vectors are a fixed linear map of the reference vectors and
 * a little noise.
 */
final class Traffic {

  private static final List<String> MODELS = List.of("encoder-a", "encoder-b");
  private static final int PANES = 12;
  private static final int INPUTS_PER_PANE = 80;
  private static final int REPEATED_INPUTS_PER_PANE = 5;
  private static final int REPEATED_DELIVERIES = 9;
  private static final int MALFORMED = 7;
  private static final int LATE_PER_MODEL = 6;
  private static final int LIVE_WIDTH = 24;
  private static final int REFERENCE_WIDTH = 16;

  private final String topic;
  private final String referenceId;
  private final Instant begin;
  private final Random random = new Random(11);
  private final InputKeyHasher keys = new InputKeyHasher(new byte[32]);
  private final float[][] map = new float[REFERENCE_WIDTH][LIVE_WIDTH];

  /** Traffic from {@code begin} on, the start of a minute. */
  Traffic(String topic, String referenceId, Instant begin) {
    this.topic = topic;
    this.referenceId = referenceId;
    this.begin = begin;
    for (float[] row : map) {
      fill(row);
    }
  }

  /** All records; call once. */
  List<ProducerRecord<byte[], byte[]>> records() {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int pane = 0; pane < PANES; pane++) {
      for (int input = 0; input < INPUTS_PER_PANE; input++) {
        for (String model : MODELS) {
          records.add(record(model, "pane " + pane + " input " + input, at(pane, input), ""));
        }
      }
      for (int input = 0; input < REPEATED_INPUTS_PER_PANE; input++) {
        for (String model : MODELS) {
          records.add(record(model, "pane " + pane + " input " + input, at(pane, 81), "again"));
        }
      }
    }
    records.addAll(records.subList(0, REPEATED_DELIVERIES));
    for (int i = 0; i < LATE_PER_MODEL; i++) {
      for (String model : MODELS) {
        records.add(record(model, "late input " + i, at(0, i), "late"));
      }
    }
    for (int i = 0; i < MALFORMED; i++) {
      records.add(malformed(records.get(i), i));
    }
    return records;
  }

  String[] models() {
    return MODELS.toArray(String[]::new);
  }

  /** Panes with more inputs than a sample keeps. */
  int fullPanes() {
    return PANES * MODELS.size();
  }

  int malformed() {
    return MALFORMED;
  }

  int repeatedDeliveries() {
    return REPEATED_DELIVERIES;
  }

  int late() {
    return LATE_PER_MODEL * MODELS.size();
  }

  private long at(int pane, int step) {
    return begin.plus(Duration.ofMinutes(pane)).plusMillis(step * 700L).toEpochMilli();
  }

  private ProducerRecord<byte[], byte[]> record(
      String model, String input, long timeMillis, String suffix) {
    float[] reference = new float[REFERENCE_WIDTH];
    fill(reference);
    float[] live = new float[LIVE_WIDTH];
    fill(live);
    for (int j = 0; j < LIVE_WIDTH; j++) {
      live[j] *= 0.1f;
      for (int i = 0; i < REFERENCE_WIDTH; i++) {
        live[j] += reference[i] * map[i][j];
      }
    }
    EmbeddingEvent event =
        EmbeddingEvent.of(model, "1", WireVector.of(live), keys.keyOf(input))
            .withReference(referenceId, WireVector.of(reference));
    return NativeEventRecord.of(
        event, model + " " + input + " " + suffix, "/end-to-end", timeMillis, topic);
  }

  /** The record with a value that is no event. */
  private static ProducerRecord<byte[], byte[]> malformed(
      ProducerRecord<byte[], byte[]> record, int number) {
    return new ProducerRecord<>(
        record.topic(),
        null,
        null,
        record.key(),
        ("not an event " + number).getBytes(StandardCharsets.UTF_8),
        record.headers());
  }

  private void fill(float[] vector) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
  }
}
