package dev.parallax.cli.demo.models;

import dev.parallax.cli.demo.traffic.PlannedEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What each model answers to each request: its encoding of the input, or from the fault's time on
 * and for the broken model alone, what the fault makes of it.
 */
public final class Answers {

  private final List<DemoModel> models;
  private final int broken;
  private final Fault fault;
  private final long faultMillis;

  /**
   * Answers of {@code models}.
   *
   * @param broken index of the model that breaks
   * @param fault how it breaks
   * @param faultMillis from which event time on
   */
  public Answers(List<DemoModel> models, int broken, Fault fault, long faultMillis) {
    this.models = List.copyOf(models);
    this.broken = broken;
    this.fault = fault;
    this.faultMillis = faultMillis;
  }

  /** The models. */
  public List<DemoModel> models() {
    return models;
  }

  /** Every way in which traffic up to {@code millis} may have been encoded. */
  Set<Encoding> encodingsBy(long millis) {
    Set<Encoding> encodings = new LinkedHashSet<>();
    models.forEach(model -> encodings.add(Encoding.of(model.encoder())));
    if (millis >= faultMillis) {
      encodings.add(fault.encoding(models.get(broken).encoder()));
    }
    return encodings;
  }

  /** How the model of {@code event} encodes at that time. */
  public Encoding encoding(PlannedEvent event) {
    DemoEncoder encoder = models.get(event.model()).encoder();
    return isBroken(event) ? fault.encoding(encoder) : Encoding.of(encoder);
  }

  /** The answer to {@code event}, once the vectors that it needs are there. */
  public Optional<float[]> answer(PlannedEvent event, EmbeddingPlan embeddings, DemoInputs inputs) {
    Encoding encoding = encoding(event);
    Optional<float[]> vector = embeddings.vector(encoding, event.text());
    if (!isBroken(event)) {
      return vector;
    }
    Optional<float[]> previous = embeddings.vector(encoding, event.previousText());
    return vector.flatMap(
        own -> previous.map(before -> fault.answer(own, before, inputs.key(event.text()))));
  }

  private boolean isBroken(PlannedEvent event) {
    return event.model() == broken && event.timeMillis() >= faultMillis;
  }
}
