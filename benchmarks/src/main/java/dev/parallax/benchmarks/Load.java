package dev.parallax.benchmarks;

/**
 * Traffic to be read: models that answer the same inputs, each event with its live vector and the
 * reference vector.
 *
 * @param dimension width of both vectors
 * @param models number of models, which take turns
 * @param events number of events
 * @param eventsPerSecond of event time, over all models; decides how many fall into a pane
 */
record Load(int dimension, int models, int events, int eventsPerSecond) {

  static final String REFERENCE = "attached";
  static final int PARTITIONS = 2;

  private static final long START = 1_767_571_200_000L; // 2026-01-05T00:00:00Z

  String topic() {
    return "events-" + dimension + "-" + models;
  }

  long timeMillis(int event) {
    return START + event * 1000L / eventsPerSecond;
  }

  String model(int event) {
    return "model-" + event % models;
  }

  @Override
  public String toString() {
    return dimension + " dimensions, " + models + " models";
  }
}
