package dev.parallax.core.embedding;

/** Outcome of reading one record. A bad record is a value, so it can never stop the stream. */
public sealed interface Decoded {

  /** A well-formed event. */
  record Accepted(EmbeddingEvent event) implements Decoded {}

  /** A record that was turned away. */
  record Rejected(Rejection rejection) implements Decoded {

    /** A rejection for {@code reason}. */
    public static Rejected of(Rejection.Reason reason, String detail) {
      return new Rejected(new Rejection(reason, detail));
    }
  }
}
