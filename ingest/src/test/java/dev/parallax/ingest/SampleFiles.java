package dev.parallax.ingest;

import dev.parallax.ingest.envelope.SourceRecord;
import dev.parallax.ingest.envelope.WrappedFile;
import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.RejectedBodyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;

/** The samples of what inference services emit, in {@code src/test/resources/samples}. */
public final class SampleFiles {

  private SampleFiles() {}

  /** The file at {@code path}, such as {@code tei/embed-response.json}, as it is. */
  public static byte[] bytes(String path) {
    try (InputStream in = SampleFiles.class.getResourceAsStream("/samples/" + path)) {
      if (in == null) {
        throw new IllegalArgumentException("no sample " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The record that the file holds; a bare body is the value of a record of topic {@code file}. */
  public static SourceRecord record(String path) {
    try {
      return WrappedFile.read(bytes(path), "file", 0);
    } catch (RejectedBodyException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  /** The body that the file holds, with the length of its head where a header states it. */
  public static Body body(String path) {
    SourceRecord record = record(path);
    byte[] value = record.value();
    if (value == null) {
      throw new IllegalArgumentException(path + " has no value");
    }
    Header head = record.headers().lastHeader("inference-header-content-length");
    return head == null
        ? Body.of(value)
        : Body.of(value)
            .withHeadLength(Integer.parseInt(new String(head.value(), StandardCharsets.US_ASCII)));
  }
}
