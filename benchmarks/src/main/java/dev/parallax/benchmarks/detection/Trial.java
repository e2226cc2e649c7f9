package dev.parallax.benchmarks.detection;

import java.util.List;

/**
 * What a rule did in one stream.
 *
 * @param model whose stream it was
 * @param stream label of the stream
 * @param group what an alarm in it is
 * @param seed of the stream
 * @param limit panes of the stream at most
 * @param rule label of the rule
 * @param panes that the rule looked at
 * @param alarms panes with an alarm
 * @param first the first of them, the first pane of the stream being 1; 0 if there is none
 * @param named whether it named the right cause
 */
record Trial(
    String model,
    String stream,
    StudyStream.Group group,
    int seed,
    int limit,
    String rule,
    int panes,
    int alarms,
    int first,
    boolean named) {

  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 10;

  /** One line. */
  String toLine() {
    return String.join(
        SEPARATOR,
        List.of(
            model,
            stream,
            group.name(),
            Integer.toString(seed),
            Integer.toString(limit),
            rule,
            Integer.toString(panes),
            Integer.toString(alarms),
            Integer.toString(first),
            Boolean.toString(named)));
  }

  /**
   * What {@link #toLine} wrote.
   *
   * @throws IllegalArgumentException if it is no such line
   */
  static Trial of(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("expected " + FIELDS + " fields, got: " + line);
    }
    return new Trial(
        fields[0],
        fields[1],
        StudyStream.Group.valueOf(fields[2]),
        Integer.parseInt(fields[3]),
        Integer.parseInt(fields[4]),
        fields[5],
        Integer.parseInt(fields[6]),
        Integer.parseInt(fields[7]),
        Integer.parseInt(fields[8]),
        Boolean.parseBoolean(fields[9]));
  }

  /** Whether there was an alarm. */
  boolean caught() {
    return first > 0;
  }
}
