package dev.parallax.core.embedding;

import java.util.Locale;

/**
 * Why a record was turned away.
 *
 * @param reason for counters and for machines
 * @param detail for people: what was expected and what was there, never the input itself
 */
public record Rejection(Reason reason, String detail) {

  /**
   * The closed list of reasons; {@link #label()} is the {@code reason} label of the rejection
   * counter.
   */
  public enum Reason {
    /**
     * The value is not a Protobuf message of the native event, or what it says contradicts itself
     * or its headers.
     */
    MALFORMED,
    /** A header or field that every event needs is not there. */
    MISSING_FIELD,
    /** The CloudEvents version, content mode or type is not one that we read. */
    UNKNOWN_TYPE,
    /** The number format is not one that we know. */
    UNKNOWN_DTYPE,
    /** The bytes of a vector are not as many as its declared dimension asks for. */
    DIMENSION_MISMATCH,
    /** A vector holds a NaN or an infinity. */
    NOT_FINITE,
    /** A vector has no direction: every element is zero. */
    ZERO_NORM,
    /** The record, a header, a vector, a text, a name or the attributes are over their limit. */
    TOO_LARGE,
    /** The event time is unreadable, too far ahead or too far in the past. */
    TIMESTAMP,
    /** There is neither an input key nor an input to compute it from. */
    MISSING_INPUT,
    /** The vector's width is not that of the other events of its series. */
    WIDTH_CHANGED,
    /** There is no reference vector for the event and nothing to compute it from. */
    NO_REFERENCE,
    /** The output has a vector for each token: three axes, where an embedding has two. */
    NOT_POOLED,
    /** The body is well-formed and holds no embedding: integers, labels, sparse or packed bits. */
    NO_FLOAT_OUTPUT,
    /** The server answered with an error. */
    ERROR_BODY,
    /** The vector was taken out before it was published. */
    REDACTED,
    /** A call has not as many answers as inputs. */
    COUNT_MISMATCH,
    /** A request whose response did not come in time. */
    UNMATCHED_REQUEST,
    /** A response whose request did not come in time. */
    UNMATCHED_RESPONSE,
    /** A half that gave way before its time, because too many bytes were waiting. */
    PAIRING_OVERFLOW,
    /** The reader of the format failed on it, which is a defect of the reader. */
    READER_FAILED;

    /** The reason as it is written on counters and in dead letters, such as {@code not-finite}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
