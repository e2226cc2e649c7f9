package dev.parallax.cli.drill;

import dev.parallax.cli.CliException;
import dev.parallax.core.drill.Shadow;
import dev.parallax.core.embedding.EmbeddingEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The events of a shadow series, pane by pane. A pane's number alone decides what is in it. */
final class ShadowTraffic {

  private final List<EmbeddingEvent> healthy;
  private final List<EmbeddingEvent> faulty;
  private final int requests;
  private final DrillFault fault;

  /**
   * Traffic made of a model's own events.
   *
   * @param recent events of the model, each input once
   * @param requests of a healthy pane
   * @throws CliException if there are too few events for a pane
   */
  ShadowTraffic(List<EmbeddingEvent> recent, int requests, DrillFault fault) {
    this.healthy = List.copyOf(recent);
    this.faulty = fault.pool(healthy);
    this.requests = requests;
    this.fault = fault;
    requireEnough(healthy.size(), requests);
    requireEnough(faulty.size(), fault.requests(requests));
  }

  private static void requireEnough(int found, int needed) {
    if (found < needed) {
      throw CliException.failure(
          "expected "
              + needed
              + " different inputs for each pane, found "
              + found
              + "; a lower --rate needs fewer");
    }
  }

  /** The events of pane {@code pane} before the fault, in order. */
  List<EmbeddingEvent> healthy(int pane) {
    return shadows(draw(healthy, requests, pane));
  }

  /**
   * The events of pane {@code pane} with the fault.
   *
   * @param since panes since it began
   */
  List<EmbeddingEvent> faulty(int pane, int since) {
    return shadows(fault.events(draw(faulty, fault.requests(requests), pane), since));
  }

  private static List<EmbeddingEvent> draw(List<EmbeddingEvent> pool, int count, int pane) {
    List<EmbeddingEvent> all = new ArrayList<>(pool);
    Collections.shuffle(all, new Random(pane));
    return all.subList(0, count);
  }

  private static List<EmbeddingEvent> shadows(List<EmbeddingEvent> events) {
    return events.stream().map(event -> event.withModel(Shadow.of(event.model()))).toList();
  }
}
