package dev.parallax.cli.demo.models;

import dev.parallax.cli.demo.traffic.PlannedEvent;
import dev.parallax.cli.demo.traffic.TrafficPlan;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.FaultLayer;
import dev.parallax.core.drill.SlowDrift;
import dev.parallax.core.drill.VectorFault;
import dev.parallax.core.embedding.WireVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What each model answers to each request: its encoding of the input, or from the fault's time on
 * and for the broken model alone, what the fault makes of it. For one thread.
 */
public final class Answers {

  /** Healthy vectors of which a collapsed space keeps the first directions. */
  private static final int SAMPLE = 256;

  private final DemoScenario scenario;
  private final long faultMillis;
  private final double paneMillis;
  private final List<Integer> sample;
  private @Nullable VectorFault vectorFault;

  /** Answers to the traffic of {@code plan}. */
  public Answers(DemoScenario scenario, TrafficPlan plan) {
    this.scenario = scenario;
    this.faultMillis = plan.shape().faultAt().toEpochMilli();
    this.paneMillis = plan.shape().pane().toMillis();
    this.sample =
        plan.interval(0).stream()
            .filter(event -> event.model() == scenario.broken())
            .map(PlannedEvent::answerText)
            .distinct()
            .limit(SAMPLE)
            .toList();
  }

  /** How {@code model} encodes at that time: what its answers are made of. */
  List<Encoding> encodings(int model, long millis) {
    DemoEncoder encoder = DemoFleet.MODELS.get(model).encoder();
    List<Encoding> encodings = new ArrayList<>(List.of(Encoding.of(encoder)));
    if (isBroken(model, millis) && isIn(FaultLayer.ENCODER, FaultLayer.TEXT)) {
      FaultKind fault = scenario.fault().orElseThrow();
      if (fault != FaultKind.SLOW_DRIFT) {
        encodings.clear();
      }
      encodings.add(Encoding.under(fault, encoder));
    }
    return encodings;
  }

  /** The answer to {@code event}, once the vectors that it needs are there. */
  public Optional<WireVector> answer(PlannedEvent event, EmbeddingPlan embeddings) {
    List<float[]> vectors = new ArrayList<>();
    for (Encoding encoding : encodings(event.model(), event.timeMillis())) {
      embeddings.vector(encoding, event.answerText()).ifPresent(vectors::add);
    }
    if (vectors.size() < encodings(event.model(), event.timeMillis()).size()) {
      return Optional.empty();
    }
    float[] own = vectors.get(0);
    if (!isBroken(event.model(), event.timeMillis())) {
      return Optional.of(WireVector.of(own));
    }
    if (vectors.size() > 1) {
      double panes = (event.timeMillis() - faultMillis) / paneMillis;
      return Optional.of(WireVector.of(SlowDrift.mix(own, vectors.get(1), SlowDrift.share(panes))));
    }
    return isIn(FaultLayer.VECTOR)
        ? vectorFault(embeddings).map(fault -> fault.answer(own))
        : Optional.of(WireVector.of(own));
  }

  private boolean isBroken(int model, long millis) {
    return scenario.fault().isPresent() && model == scenario.broken() && millis >= faultMillis;
  }

  private boolean isIn(FaultLayer... layers) {
    return scenario.fault().map(FaultKind::layer).filter(List.of(layers)::contains).isPresent();
  }

  private Optional<VectorFault> vectorFault(EmbeddingPlan embeddings) {
    if (vectorFault == null) {
      Encoding healthy = Encoding.of(DemoFleet.MODELS.get(scenario.broken()).encoder());
      List<float[]> vectors =
          sample.stream().flatMap(text -> embeddings.vector(healthy, text).stream()).toList();
      if (vectors.size() == sample.size()) {
        vectorFault = VectorFault.of(scenario.fault().orElseThrow(), vectors);
      }
    }
    return Optional.ofNullable(vectorFault);
  }
}
