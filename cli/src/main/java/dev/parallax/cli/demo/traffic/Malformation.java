package dev.parallax.cli.demo.traffic;

import dev.parallax.core.embedding.EmbeddingEvent;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.embedding.WireVector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A way in which a record of the demo is broken on purpose, and how ingest should answer. */
public enum Malformation {
  /** The value ends in the middle of its vector. */
  TRUNCATED_VALUE(Reason.MALFORMED),
  /** The value is JSON. */
  NOT_PROTOBUF(Reason.MALFORMED),
  /** One element of the vector is NaN. */
  NAN_ELEMENT(Reason.NOT_FINITE),
  /** Every element of the vector is zero. */
  ZERO_VECTOR(Reason.ZERO_NORM),
  /** The vector declares more elements than it has. */
  WRONG_DIMENSION(Reason.DIMENSION_MISMATCH),
  /** The number format is one that nobody knows. */
  UNKNOWN_DTYPE(Reason.UNKNOWN_DTYPE),
  /** The event time is not there. */
  NO_TIME(Reason.MISSING_FIELD),
  /** The event time is not a time. */
  UNREADABLE_TIME(Reason.TIMESTAMP),
  /** The event time is a year ahead. */
  FUTURE_TIME(Reason.TIMESTAMP),
  /** The type is a version that does not exist yet. */
  UNKNOWN_TYPE(Reason.UNKNOWN_TYPE),
  /** There is nothing to join on: neither key nor text. */
  NO_INPUT(Reason.MISSING_INPUT);

  private static final int DTYPE_TAG = 2 << 3;
  private static final int DIMENSION_TAG = 3 << 3;

  private final Reason reason;

  Malformation(Reason reason) {
    this.reason = reason;
  }

  /** The reason under which ingest turns such a record away. */
  public Reason reason() {
    return reason;
  }

  /** The headers of such a record, from those of a good one. */
  public Map<String, String> headers(Map<String, String> good, long timeMillis) {
    Map<String, String> headers = new TreeMap<>(good);
    switch (this) {
      case NO_TIME -> headers.remove(EventHeaders.TIME);
      case UNREADABLE_TIME -> headers.put(EventHeaders.TIME, "yesterday");
      case FUTURE_TIME ->
          headers.put(
              EventHeaders.TIME, EventTime.format(timeMillis + Duration.ofDays(365).toMillis()));
      case UNKNOWN_TYPE -> headers.put(EventHeaders.TYPE, "dev.parallax.embedding.v9");
      default -> {
        // the fault is in the value
      }
    }
    return headers;
  }

  /** The value of such a record, from a good event. */
  public byte[] value(EmbeddingEvent good) {
    return switch (this) {
      case TRUNCATED_VALUE -> {
        byte[] bytes = EventCodec.encode(good);
        yield Arrays.copyOf(bytes, bytes.length / 2);
      }
      case NOT_PROTOBUF -> "{\"embedding\": [0.12, 0.31]}".getBytes(StandardCharsets.UTF_8);
      case NAN_ELEMENT -> {
        float[] vector = good.vector().toFloats();
        vector[vector.length / 2] = Float.NaN;
        yield EventCodec.encode(withVector(good, vector));
      }
      case ZERO_VECTOR -> EventCodec.encode(withVector(good, new float[good.vector().dimension()]));
      // A later occurrence of a scalar field replaces an earlier one.
      case WRONG_DIMENSION -> append(EventCodec.encode(good), DIMENSION_TAG, 0x80, 0x08);
      case UNKNOWN_DTYPE -> append(EventCodec.encode(good), DTYPE_TAG, 0x63);
      case NO_INPUT -> EventCodec.encode(good.withoutInputText());
      case NO_TIME, UNREADABLE_TIME, FUTURE_TIME, UNKNOWN_TYPE -> EventCodec.encode(good);
    };
  }

  private static EmbeddingEvent withVector(EmbeddingEvent event, float[] vector) {
    return new EmbeddingEvent(
        event.model(),
        event.modelVersion(),
        WireVector.of(vector),
        event.inputKey(),
        event.inputText(),
        event.inputTensor(),
        Optional.empty(),
        event.attributes(),
        event.probe());
  }

  private static byte[] append(byte[] message, int... bytes) {
    byte[] longer = Arrays.copyOf(message, message.length + bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      longer[message.length + i] = (byte) bytes[i];
    }
    return longer;
  }
}
