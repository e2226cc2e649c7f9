package dev.parallax.ingest.fuzz;

import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.BodyReader;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.Payload;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.format.Side;
import java.util.List;

/**
 * The reader of one format.
 *
 * @param format the format
 * @param readers its reader, told nothing of its source, and told something
 * @param bound of one reading
 */
record BodyTarget(Format format, List<BodyReader> readers, Bound bound, PayloadOracle oracle)
    implements FuzzTarget {

  @Override
  public String name() {
    return format.label();
  }

  @Override
  public List<byte[]> samples() {
    return SeedInputs.bodies();
  }

  @Override
  public void accept(byte[] input) {
    for (Body body : forms(input)) {
      for (BodyReader reader : readers) {
        read(reader, body);
      }
    }
  }

  private void read(BodyReader reader, Body body) {
    try {
      Payload payload = bound.within(body.bytes().length, () -> reader.read(body));
      oracle.check(payload);
    } catch (RejectedBodyException e) {
      PayloadOracle.check(e.rejection());
    }
  }

  /** The body as envelopes hand it on: with the labels that the format's reader looks at. */
  private List<Body> forms(byte[] input) {
    Body plain = Body.of(input);
    return switch (format) {
      case OIP_PROTOBUF -> List.of(plain, plain.as(Side.REQUEST), plain.as(Side.RESPONSE));
      case OIP_BINARY ->
          List.of(
              plain,
              plain.withHeadLength(endOfJson(input)),
              plain.withHeadLength(input.length + 1));
      default -> List.of(plain.as(input.length % 2 == 0 ? Side.REQUEST : Side.RESPONSE));
    };
  }

  private static int endOfJson(byte[] input) {
    int end = input.length;
    while (end > 0 && input[end - 1] != '}') {
      end--;
    }
    return end;
  }
}
