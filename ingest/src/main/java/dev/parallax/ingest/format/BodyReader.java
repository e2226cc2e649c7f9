package dev.parallax.ingest.format;

/**
 * Reads bodies of one format.
 *
 * <p>It goes by the bytes: content types and topic names are labels, and labels lie. Whatever comes
 * in, it answers with what the body says or with a rejection; it throws nothing else, and takes at
 * most a fixed multiple of the body's size in memory. Thread-safe.
 */
public interface BodyReader {

  /**
   * What {@code body} says.
   *
   * @throws RejectedBodyException if it is not of this format, or holds no embedding
   */
  Payload read(Body body) throws RejectedBodyException;
}
