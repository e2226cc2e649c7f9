package dev.parallax.cli.kafka;

/**
 * How a topic compares with its plan.
 *
 * @param plan the plan
 * @param outcome what was found or done
 * @param detail what a reader should know; empty when nothing
 */
record TopicState(TopicPlan plan, Outcome outcome, String detail) {

  /** What was found or done. */
  enum Outcome {
    /** It did not exist and does now. */
    CREATED("created"),
    /** It does not exist. */
    MISSING("missing"),
    /** It exists as planned, or differs only where that does no harm. */
    EXISTS("exists"),
    /** It exists in a way that loses records or meaning. */
    UNFIT("unfit");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /** One word for a person. */
    String label() {
      return label;
    }
  }
}
