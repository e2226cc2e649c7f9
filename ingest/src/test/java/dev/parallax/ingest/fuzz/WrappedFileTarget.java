package dev.parallax.ingest.fuzz;

import dev.parallax.ingest.envelope.SourceRecord;
import dev.parallax.ingest.envelope.WrappedFile;
import dev.parallax.ingest.format.RejectedBodyException;
import java.util.List;

/**
 * Files that hold one record.
 *
 * @param bound of one file
 */
record WrappedFileTarget(Bound bound) implements FuzzTarget {

  @Override
  public String name() {
    return "wrapped-file";
  }

  @Override
  public List<byte[]> samples() {
    return SeedInputs.files();
  }

  @Override
  public void accept(byte[] input) {
    try {
      SourceRecord record = bound.within(input.length, () -> WrappedFile.read(input, "file", 0));
      if (record.topic() == null || record.headers() == null) {
        throw new AssertionError("a record without topic or headers");
      }
    } catch (RejectedBodyException e) {
      PayloadOracle.check(e.rejection());
    }
  }
}
