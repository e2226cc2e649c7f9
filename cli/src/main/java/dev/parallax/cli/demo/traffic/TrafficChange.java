package dev.parallax.cli.demo.traffic;

import dev.parallax.core.drill.PaneFault;
import dev.parallax.core.drill.PaneFault.Event;
import dev.parallax.core.embedding.InputKey;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How the traffic of one model changes from a pane on.
 *
 * @param model index of the model
 * @param fromPane the first pane with this traffic
 * @param texts inputs that are asked about
 * @param requests distinct inputs of a pane
 * @param events what becomes of the requests of a pane, given their inputs in the order of time
 */
public record TrafficChange(
    int model,
    int fromPane,
    List<Integer> texts,
    int requests,
    Function<List<Integer>, List<Event>> events) {

  /** Copies the texts and checks that they are enough. */
  public TrafficChange {
    texts = List.copyOf(texts);
    if (texts.size() < requests) {
      throw new IllegalArgumentException(
          "corpus of "
              + texts.size()
              + " texts: expected at least the "
              + requests
              + " of one pane");
    }
  }

  /** Other inputs, or another number of them, each answered as it should be. */
  public static TrafficChange of(int model, int fromPane, List<Integer> texts, int requests) {
    return new TrafficChange(model, fromPane, texts, requests, TrafficChange::answered);
  }

  /**
   * The usual inputs with something wrong in the stream.
   *
   * @param keys keys of the inputs
   */
  public static TrafficChange of(
      int model,
      int fromPane,
      List<Integer> texts,
      int requests,
      PaneFault fault,
      IntFunction<InputKey> keys) {
    return new TrafficChange(
        model,
        fromPane,
        texts,
        requests,
        asked -> fault.events(asked.stream().map(keys::apply).toList()));
  }

  /** Every request is answered as it should be. */
  static List<Event> answered(List<Integer> texts) {
    return IntStream.range(0, texts.size()).mapToObj(Event::healthy).toList();
  }
}
