package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonTree;
import java.io.IOException;
import java.util.List;

/**
 * Reads embedding spans in the conventions of OpenInference, from OTLP in JSON or in Protobuf, and
 * from the single span that an SDK prints.
 *
 * <p>Each embedding of a span is a call of its own, with the id {@code traceId:spanId:N} and the
 * span's end as its time. Spans of other kinds are passed over. A vector is an array of numbers,
 * JSON in a text, or base64 or bytes of little-endian F32.
 *
 * <p>Takes at most {@link JsonTree#BYTES_PER_BYTE} bytes of heap for each byte of JSON, twice that
 * where JSON stands inside a text, and {@value #BYTES_PER_BYTE} for each byte of Protobuf.
 */
final class OpenInferenceReader implements BodyReader {

  static final int BYTES_PER_BYTE = 64;

  /** The conventions leave nothing to be told. */
  OpenInferenceReader() {}

  @Override
  public Payload read(Body body) throws RejectedBodyException {
    List<Payload.Call> calls =
        body.isParsed() || opensBrace(body.bytes()) ? json(body) : protobuf(body.bytes());
    if (calls.isEmpty()) {
      throw new RejectedBodyException(
          Reason.NO_FLOAT_OUTPUT, "no span of kind EMBEDDING (openinference.span.kind)");
    }
    return new Payload.Calls(calls);
  }

  private static List<Payload.Call> json(Body body) throws RejectedBodyException {
    try {
      return OtlpJson.calls(body.json());
    } catch (RejectedBodyException e) {
      boolean broken = e.rejection().reason() == Reason.MALFORMED && !body.isParsed();
      // A new line and a brace may also be field 1 of Protobuf, of 123 bytes.
      if (broken && body.bytes()[0] == '\n') {
        return protobuf(body.bytes());
      }
      throw e;
    }
  }

  private static List<Payload.Call> protobuf(byte[] bytes) throws RejectedBodyException {
    try {
      return OtlpProtobuf.calls(bytes);
    } catch (IOException e) {
      throw new RejectedBodyException(
          Reason.MALFORMED, "neither JSON nor an ExportTraceServiceRequest: " + e.getMessage());
    }
  }

  private static boolean opensBrace(byte[] bytes) {
    int start = 0;
    while (start < bytes.length && bytes[start] >= 0 && bytes[start] <= ' ') {
      start++;
    }
    return start < bytes.length && bytes[start] == '{';
  }
}
