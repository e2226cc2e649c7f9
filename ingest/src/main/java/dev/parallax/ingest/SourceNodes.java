package dev.parallax.ingest;

/**
 * Names of the nodes and of the store that belong to one source topic. The store's name is part of
 * its changelog topic's, so it must stay as it is from version to version.
 *
 * @param topic the source topic
 */
record SourceNodes(String topic) {

  String source() {
    return "source-" + topic;
  }

  String processor() {
    return "clean-" + topic;
  }

  String events() {
    return "events-" + topic;
  }

  String deadLetters() {
    return "dead-letters-" + topic;
  }

  String store() {
    return "seen-" + topic;
  }
}
