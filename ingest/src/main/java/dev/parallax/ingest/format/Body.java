package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.json.JsonTree;
import dev.parallax.ingest.json.JsonTree.NotJsonException;
import dev.parallax.ingest.json.JsonValue;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request or a response, without its envelope: bytes, or JSON that the envelope has
 * parsed already.
 */
public final class Body {
  private final byte[] bytes;
  private final @Nullable JsonValue parsed;
  private final OptionalInt headLength;
  private final Optional<Side> side;

  private Body(
      byte[] bytes, @Nullable JsonValue parsed, OptionalInt headLength, Optional<Side> side) {
    this.bytes = bytes;
    this.parsed = parsed;
    this.headLength = headLength;
    this.side = side;
  }

  /** A body of these bytes, which are shared and must not change. */
  public static Body of(byte[] bytes) {
    return new Body(bytes, null, OptionalInt.empty(), Optional.empty());
  }

  /** A body inside another JSON document. It has no bytes of its own. */
  public static Body of(JsonValue json) {
    return new Body(new byte[0], json, OptionalInt.empty(), Optional.empty());
  }

  /** This body with the length that {@code Inference-Header-Content-Length} states. */
  public Body withHeadLength(int length) {
    return new Body(bytes, parsed, OptionalInt.of(length), side);
  }

  /** This body, known from outside to be a request or a response. */
  public Body as(Side known) {
    return new Body(bytes, parsed, headLength, Optional.of(known));
  }

  /** The bytes, shared; none where {@link #isParsed()}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether the envelope held it as JSON, so that there are no bytes. */
  public boolean isParsed() {
    return parsed != null;
  }

  /** Length of the JSON head of a body with binary tensors, where a header states it. */
  public OptionalInt headLength() {
    return headLength;
  }

  /** The side, as envelope or topic say; a body that says otherwise is right. */
  public Optional<Side> side() {
    return side;
  }

  /**
   * The JSON value that the whole body is.
   *
   * @throws RejectedBodyException {@code malformed} if it is not JSON
   */
  public JsonValue json() throws RejectedBodyException {
    if (parsed != null) {
      return parsed;
    }
    try {
      return JsonTree.read(bytes);
    } catch (NotJsonException e) {
      throw new RejectedBodyException(Reason.MALFORMED, "not JSON: " + e.getMessage());
    }
  }
}
