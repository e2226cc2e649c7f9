package dev.parallax.ingest.source;

import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventTime;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers that every native event has, in CloudEvents' binary mode, and no others. */
public final class NativeHeaders {

  private static final byte[] SPEC_VERSION = ascii(EventHeaders.SPEC_VERSION_1);
  private static final byte[] TYPE = ascii(EventHeaders.TYPE_V1);
  private static final byte[] PROTOBUF = ascii(EventHeaders.PROTOBUF);

  private NativeHeaders() {}

  /**
   * The headers of one event.
   *
   * @param id {@code ce_id}, UTF-8
   * @param source {@code ce_source}, UTF-8
   * @param timeMillis event time, in milliseconds since 1970
   * @param subject {@code model/version}, UTF-8
   */
  public static Headers of(byte[] id, byte[] source, long timeMillis, byte[] subject) {
    return new RecordHeaders()
        .add(EventHeaders.SPEC_VERSION, SPEC_VERSION)
        .add(EventHeaders.ID, id)
        .add(EventHeaders.SOURCE, source)
        .add(EventHeaders.TYPE, TYPE)
        .add(EventHeaders.TIME, ascii(EventTime.format(timeMillis)))
        .add(EventHeaders.SUBJECT, subject)
        .add(EventHeaders.CONTENT_TYPE, PROTOBUF);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
