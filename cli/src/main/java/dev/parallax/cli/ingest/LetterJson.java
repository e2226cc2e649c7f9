package dev.parallax.cli.ingest;

import dev.parallax.core.json.CanonicalJson;
import dev.parallax.ingest.pairing.Origin;

/** Writes what a dead letter says of its record. */
final class LetterJson {

  private LetterJson() {}

  /** Adds detail, position and id of the call. */
  static void fields(CanonicalJson json, Letter letter) {
    json.field("detail", letter.detail());
    if (letter.origin().isPresent()) {
      Origin origin = letter.origin().get();
      json.field("topic", origin.topic())
          .field("partition", origin.partition())
          .field("offset", origin.offset());
    }
    letter.callId().ifPresent(id -> json.field("callId", id));
  }
}
