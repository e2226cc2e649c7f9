package dev.parallax.ingest.source;

import dev.parallax.core.embedding.EventHeaders;
import dev.parallax.core.embedding.EventTime;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of a native event, in CloudEvents' binary mode, and no others. */
public final class NativeHeaders {

  private static final byte[] SPEC_VERSION = ascii(EventHeaders.SPEC_VERSION_1);
  private static final byte[] TYPE = ascii(EventHeaders.TYPE_V1);
  private static final byte[] PROBE_TRUE = ascii(EventHeaders.PROBE_TRUE);
  private static final byte[] PROTOBUF = ascii(EventHeaders.PROTOBUF);

  private NativeHeaders() {}

  /**
   * The headers of one event.
   *
   * @param id {@code ce_id}, UTF-8
   * @param source {@code ce_source}, UTF-8
   * @param timeMillis event time, in milliseconds since 1970
   * @param subject {@code model/version}, UTF-8
   * @param probe whether the event is a probe, as its value says
   */
  public static Headers of(
      byte[] id, byte[] source, long timeMillis, byte[] subject, boolean probe) {
    Headers headers =
        new RecordHeaders()
            .add(EventHeaders.SPEC_VERSION, SPEC_VERSION)
            .add(EventHeaders.ID, id)
            .add(EventHeaders.SOURCE, source)
            .add(EventHeaders.TYPE, TYPE)
            .add(EventHeaders.TIME, ascii(EventTime.format(timeMillis)))
            .add(EventHeaders.SUBJECT, subject)
            .add(EventHeaders.CONTENT_TYPE, PROTOBUF);
    return probe ? headers.add(EventHeaders.PROBE, PROBE_TRUE) : headers;
  }

  /** Whether these are the headers of a probe. */
  public static boolean isProbe(Headers headers) {
    Header header = headers.lastHeader(EventHeaders.PROBE);
    return header != null && Arrays.equals(header.value(), PROBE_TRUE);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
