package dev.parallax.ingest;

/**
 * Names of the nodes and of the stores that belong to one source. Those of the stores and of the
 * pairs are part of internal topics' names, so they must stay as they are from version to version.
 *
 * @param name the source's name
 */
record SourceNodes(String name) {

  static String source(String topic) {
    return "source-" + topic;
  }

  String reader() {
    return "read-" + name;
  }

  String requestReader() {
    return "read-requests-" + name;
  }

  String halves() {
    return "halves-" + name;
  }

  String requestHalves() {
    return "request-halves-" + name;
  }

  /** Also the name of the topic between reading and pairing, with the application's id before. */
  String pairs() {
    return "pairs-" + name;
  }

  String pairer() {
    return "pair-" + name;
  }

  String events() {
    return "events-" + name;
  }

  String deadLetters() {
    return "dead-letters-" + name;
  }

  String unpaired() {
    return "unpaired-" + name;
  }

  /** The store of accepted events. */
  String seen() {
    return "seen-" + name;
  }

  /** The store of halves and of calls that are over. */
  String calls() {
    return "calls-" + name;
  }
}
