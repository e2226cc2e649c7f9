package dev.parallax.ingest.fuzz;

import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.BodyReader;
import dev.parallax.ingest.format.Payload;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.format.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The reader of one format.
 *
 * @param name of the format
 * @param readers the reader, told nothing of its source, and told something
 * @param bound of one reading
 */
record BodyTarget(String name, List<BodyReader> readers, Bound bound, PayloadOracle oracle)
    implements FuzzTarget {

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

  /** The body as envelopes hand it on: of a known side or not, with the length of its head. */
  private static List<Body> forms(byte[] input) {
    Body plain = Body.of(input);
    List<Body> forms = new ArrayList<>(List.of(plain));
    for (Side side : Side.values()) {
      forms.add(plain.as(side));
    }
    for (int length : new int[] {endOfJson(input), input.length + 1}) {
      forms.add(plain.withHeadLength(length));
    }
    return forms;
  }

  private static int endOfJson(byte[] input) {
    int end = input.length;
    while (end > 0 && input[end - 1] != '}') {
      end--;
    }
    return end;
  }
}
