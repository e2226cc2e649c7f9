package dev.parallax.ingest.format;

import com.google.protobuf.WireFormat;
import dev.parallax.core.embedding.Dtype;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Spans from OTLP's Protobuf: {@code ExportTraceServiceRequest} and {@code TracesData}, alike. */
final class OtlpProtobuf {

  /** No span is shorter that says it is one of embeddings; keeps empty ones from taking memory. */
  private static final int SHORTEST = "openinference.span.kindEMBEDDING".length();

  private final byte[] bytes;
  private final ProtoCursor in;
  private final List<Payload.Call> calls = new ArrayList<>();

  private OtlpProtobuf(byte[] bytes) {
    this.bytes = bytes;
    this.in = new ProtoCursor(bytes, 0, bytes.length);
  }

  /**
   * The calls of every embedding span.
   *
   * @throws IOException if it is no Protobuf message
   */
  static List<Payload.Call> calls(byte[] bytes) throws IOException {
    OtlpProtobuf reading = new OtlpProtobuf(bytes);
    for (int field = reading.in.next(); field != 0; field = reading.in.next()) {
      if (field == 1) {
        int entered = reading.in.enter();
        reading.resource();
        reading.in.leave(entered);
      } else {
        reading.in.skip();
      }
    }
    return reading.calls;
  }

  /** {@code ResourceSpans}. */
  private void resource() throws IOException {
    Map<String, String> attributes = Map.of();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> attributes = OtlpAttributes.ofService(serviceOf(in.slice()));
        case 2 -> {
          int entered = in.enter();
          scope(attributes);
          in.leave(entered);
        }
        default -> in.skip();
      }
    }
  }

  /** {@code Resource}. */
  private Optional<String> serviceOf(ProtoCursor.Slice slice) throws IOException {
    Optional<String> service = Optional.empty();
    ProtoCursor resource = at(slice);
    for (int field = resource.next(); field != 0; field = resource.next()) {
      if (field == 1) {
        int entered = resource.enter();
        Pair pair = pair(resource);
        if (OtlpAttributes.isService(pair.name())) {
          service = textOf(pair.value());
        }
        resource.leave(entered);
      } else {
        resource.skip();
      }
    }
    return service;
  }

  /** {@code ScopeSpans}. */
  private void scope(Map<String, String> attributes) throws IOException {
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 2) {
        int entered = in.enter();
        if (in.remaining() < SHORTEST) {
          in.raw().skipRawBytes(in.remaining());
        } else {
          span(attributes);
        }
        in.leave(entered);
      } else {
        in.skip();
      }
    }
  }

  /** {@code Span}. */
  private void span(Map<String, String> attributes) throws IOException {
    EmbeddingSpan span = new EmbeddingSpan();
    String traceId = "";
    String spanId = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> traceId = id(in.slice(), 16);
        case 2 -> spanId = id(in.slice(), 8);
        case 8 -> OtlpAttributes.millisOf(in.fixed64()).ifPresent(span::endMillis);
        case 9 -> {
          int entered = in.enter();
          Pair pair = pair(in);
          in.leave(entered);
          if (EmbeddingSpan.knows(pair.name())) {
            attribute(span, pair);
          }
        }
        case 15 -> {
          int entered = in.enter();
          status(span);
          in.leave(entered);
        }
        default -> in.skip();
      }
    }
    span.ids(traceId, spanId);
    if (span.isEmbedding()) {
      calls.addAll(span.calls(attributes));
    }
  }

  private void status(EmbeddingSpan span) throws IOException {
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 3) {
        if (in.varint() == OtlpAttributes.STATUS_ERROR) {
          span.fail();
        }
      } else {
        in.skip();
      }
    }
  }

  private String id(ProtoCursor.Slice slice, int length) {
    return slice.length() == length ? OtlpAttributes.hex(bytes, slice.start(), length) : "";
  }

  /**
   * {@code KeyValue}.
   *
   * @param name its key
   * @param value where its value is, an {@code AnyValue}
   */
  private record Pair(String name, ProtoCursor.Slice value) {}

  private static Pair pair(ProtoCursor cursor) throws IOException {
    String name = "";
    ProtoCursor.Slice value = new ProtoCursor.Slice(0, 0);
    for (int field = cursor.next(); field != 0; field = cursor.next()) {
      switch (field) {
        case 1 -> name = cursor.text();
        case 2 -> value = cursor.slice();
        default -> cursor.skip();
      }
    }
    return new Pair(name, value);
  }

  private Optional<String> textOf(ProtoCursor.Slice slice) throws IOException {
    Optional<String> text = Optional.empty();
    ProtoCursor value = at(slice);
    for (int field = value.next(); field != 0; field = value.next()) {
      if (field == 1) {
        text = Optional.of(value.text());
      } else {
        value.skip();
      }
    }
    return text;
  }

  /** {@code AnyValue}. */
  private void attribute(EmbeddingSpan span, Pair pair) throws IOException {
    ProtoCursor value = at(pair.value());
    for (int field = value.next(); field != 0; field = value.next()) {
      switch (field) {
        case 1 -> span.text(pair.name(), value.text());
        case 5 -> {
          int entered = value.enter();
          span.vector(pair.name(), array(value));
          value.leave(entered);
        }
        case 7 -> span.vector(pair.name(), packed(value.slice()));
        default -> {
          value.skip();
          span.vector(pair.name(), OtlpAttributes.NOT_NUMBERS);
        }
      }
    }
  }

  private ModelOutput packed(ProtoCursor.Slice slice) {
    if (slice.length() == 0 || slice.length() % Float.BYTES != 0) {
      return OtlpAttributes.NOT_F32;
    }
    byte[] data = Arrays.copyOfRange(bytes, slice.start(), slice.start() + slice.length());
    return Vectors.of(data, Dtype.F32, data.length / Float.BYTES);
  }

  /** {@code ArrayValue}; read to its end whatever is in it. */
  private static ModelOutput array(ProtoCursor value) throws IOException {
    float[] vector = new float[16];
    int count = 0;
    @Nullable ModelOutput fault = null;
    for (int field = value.next(); field != 0; field = value.next()) {
      if (field != 1) {
        value.skip();
        continue;
      }
      int entered = value.enter();
      int kind = value.next();
      if (kind == 4 || kind == 3) {
        if (count == vector.length) {
          vector = Arrays.copyOf(vector, 2 * count);
        }
        vector[count++] = (float) number(value, kind);
      } else if (fault == null) {
        fault = kind == 5 ? OtlpAttributes.NESTED : OtlpAttributes.NOT_NUMBERS;
      }
      if (kind != 0 && kind != 4 && kind != 3) {
        value.skip();
      }
      while (value.next() != 0) {
        value.skip();
      }
      value.leave(entered);
    }
    if (fault != null) {
      return fault;
    }
    return count == 0
        ? Vectors.of(new JsonValue.Arr(List.of()))
        : new ModelOutput.Embedding(WireVector.of(Arrays.copyOf(vector, count)));
  }

  private static double number(ProtoCursor value, int kind) throws IOException {
    if (kind == 3) {
      return value.varint();
    }
    value.expect(WireFormat.WIRETYPE_FIXED64);
    return Double.longBitsToDouble(value.fixed64());
  }

  private ProtoCursor at(ProtoCursor.Slice slice) {
    return new ProtoCursor(bytes, slice.start(), slice.length());
  }
}
