package dev.parallax.ingest.source;

import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventTime;
import dev.parallax.core.embedding.Rejection.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes of a record in binary mode. Of a header that is there twice, the last
 * one counts.
 */
final class CloudEvent {

  /** Longest attribute, in bytes; keeps what the headers add to a record small. */
  static final int MAX_ATTRIBUTE_BYTES = 1024;

  private static final byte[] SPEC_VERSION_1 = ascii(EventHeaders.SPEC_VERSION_1);
  private static final byte[] TYPE_V1 = ascii(EventHeaders.TYPE_V1);
  private static final String STRUCTURED_MODE = "application/cloudevents";

  private final byte[] id;
  private final byte[] source;
  private final byte @Nullable [] subject;
  private final long timeMillis;

  private CloudEvent(byte[] id, byte[] source, byte @Nullable [] subject, long timeMillis) {
    this.id = id;
    this.source = source;
    this.subject = subject;
    this.timeMillis = timeMillis;
  }

  static CloudEvent of(Headers headers) throws RejectedRecordException {
    refuseStructuredMode(headers);
    expect(headers, EventHeaders.TYPE, TYPE_V1);
    expect(headers, EventHeaders.SPEC_VERSION, SPEC_VERSION_1);
    byte[] id = required(headers, EventHeaders.ID);
    byte[] source = required(headers, EventHeaders.SOURCE);
    byte[] time = required(headers, EventHeaders.TIME);
    OptionalLong timeMillis = EventTime.parse(time);
    if (timeMillis.isEmpty()) {
      throw new RejectedRecordException(
          Reason.TIMESTAMP, EventHeaders.TIME + " is not RFC 3339: " + text(time));
    }
    return new CloudEvent(
        id, source, optional(headers, EventHeaders.SUBJECT), timeMillis.getAsLong());
  }

  byte[] id() {
    return id;
  }

  byte[] source() {
    return source;
  }

  byte @Nullable [] subject() {
    return subject;
  }

  long timeMillis() {
    return timeMillis;
  }

  /**
   * The headers of a native event, and no others; subject and probe flag are those of the value.
   */
  Headers normalised(byte[] subjectOfValue, boolean probe) {
    return NativeHeaders.of(id, source, timeMillis, subjectOfValue, probe);
  }

  private static void refuseStructuredMode(Headers headers) throws RejectedRecordException {
    Header contentType = headers.lastHeader(EventHeaders.CONTENT_TYPE);
    if (contentType != null
        && contentType.value() != null
        && text(contentType.value()).startsWith(STRUCTURED_MODE)) {
      throw new RejectedRecordException(
          Reason.UNKNOWN_TYPE, "structured or batched content mode, expected binary mode");
    }
  }

  private static void expect(Headers headers, String name, byte[] expected)
      throws RejectedRecordException {
    byte[] value = required(headers, name);
    if (!Arrays.equals(value, expected)) {
      throw new RejectedRecordException(
          Reason.UNKNOWN_TYPE, name + " " + text(value) + ", expected " + text(expected));
    }
  }

  private static byte[] required(Headers headers, String name) throws RejectedRecordException {
    byte[] value = optional(headers, name);
    if (value == null) {
      throw new RejectedRecordException(Reason.MISSING_FIELD, "header " + name);
    }
    return value;
  }

  /** The header's bytes; null if there is no such header or it is empty. */
  private static byte @Nullable [] optional(Headers headers, String name)
      throws RejectedRecordException {
    Header header = headers.lastHeader(name);
    if (header == null || header.value() == null || header.value().length == 0) {
      return null;
    }
    if (header.value().length > MAX_ATTRIBUTE_BYTES) {
      throw new RejectedRecordException(
          Reason.TOO_LARGE,
          "header "
              + name
              + " of "
              + header.value().length
              + " bytes, limit "
              + MAX_ATTRIBUTE_BYTES);
    }
    return header.value();
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
