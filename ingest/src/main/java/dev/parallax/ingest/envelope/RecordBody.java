package dev.parallax.ingest.envelope;

import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.ingest.format.Body;
import dev.parallax.ingest.format.RejectedBodyException;
import dev.parallax.ingest.format.Side;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What every envelope does alike with the parts of a record. */
final class RecordBody {

  /** Where Triton and KServe state how long the JSON before the tensors is. */
  private static final String HEAD_LENGTH = "inference-header-content-length";

  private static final int MAX_KEY_BYTES = Labels.MAX_BYTES;

  private RecordBody() {}

  /**
   * The value of a record.
   *
   * @throws RejectedBodyException {@code malformed} if it has none
   */
  static byte[] valueOf(SourceRecord record) throws RejectedBodyException {
    byte[] value = record.value();
    if (value == null || value.length == 0) {
      throw new RejectedBodyException(Reason.MALFORMED, "the record has no value");
    }
    return value;
  }

  /** {@code body} with its side and with the length of the head that a header states. */
  static Body labelled(Body body, Labels headers, Optional<Side> side)
      throws RejectedBodyException {
    Body sided = side.map(body::as).orElse(body);
    Optional<String> length =
        headers.get(HEAD_LENGTH).map(String::strip).filter(RecordBody::isSmallNumber);
    return length.map(Integer::valueOf).map(sided::withHeadLength).orElse(sided);
  }

  /** The side that the topic says, where one of two topics holds the requests. */
  static Optional<Side> sideOf(SourceRecord record, EnvelopeOptions options) {
    return options
        .requestTopic()
        .map(topic -> topic.equals(record.topic()) ? Side.REQUEST : Side.RESPONSE);
  }

  /** The key as a text; empty without a key, and for one that is no text. */
  static Optional<String> keyOf(SourceRecord record) {
    byte[] key = record.key();
    if (key == null || key.length > MAX_KEY_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isSmallNumber(String text) {
    return text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
