package dev.parallax.ingest;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.BodyReader;
import dev.parallax.ingest.format.Format;
import dev.parallax.ingest.format.Payload;
import dev.parallax.ingest.format.RejectedBodyException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reader whose failure is a rejection. A reader answers every body with a payload or a rejection,
 * and fuzzing holds it to that; should one fail all the same, its body would come back after every
 * restart and stop the stream for ever.
 */
final class GuardedReader implements BodyReader {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedReader.class);

  private static final int FRAMES = 10;

  private final Format format;
  private final BodyReader reader;

  GuardedReader(Format format, BodyReader reader) {
    this.format = format;
    this.reader = reader;
  }

  @Override
  public Payload read(Body body) throws RejectedBodyException {
    try {
      return reader.read(body);
    } catch (RuntimeException e) {
      // Without its message, which may quote the body.
      LOG.error(
          "the reader of {} failed, which is a defect: {} at {}",
          format.label(),
          e.getClass().getName(),
          Arrays.stream(e.getStackTrace()).limit(FRAMES).toList());
      throw new RejectedBodyException(
          Reason.READER_FAILED,
          "the reader of " + format.label() + " failed: " + e.getClass().getSimpleName());
    }
  }
}
