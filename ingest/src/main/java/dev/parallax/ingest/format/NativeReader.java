package dev.parallax.ingest.format;

import dev.parallax.core.embedding.Decoded;
import dev.parallax.core.embedding.EventCodec;
import dev.parallax.core.embedding.EventLimits;
import dev.parallax.core.embedding.Rejection.Reason;

/** Reads native events. */
final class NativeReader implements BodyReader {

  private final EventCodec codec;

  NativeReader(EventLimits limits) {
    this.codec = new EventCodec(limits);
  }

  @Override
  public Payload read(Body body) throws RejectedBodyException {
    if (body.isParsed()) {
      throw new RejectedBodyException(Reason.MALFORMED, "JSON, expected Protobuf");
    }
    Decoded decoded = codec.decode(body.bytes());
    if (decoded instanceof Decoded.Accepted accepted) {
      return new Payload.Native(accepted.event());
    }
    throw new RejectedBodyException(((Decoded.Rejected) decoded).rejection());
  }
}
