package dev.parallax.cli.demo;

import dev.parallax.cli.demo.models.DemoFleet;
import dev.parallax.cli.demo.models.DemoModel;
import dev.parallax.cli.demo.models.DemoScenario;
import dev.parallax.cli.demo.terminal.Words;
import dev.parallax.core.drill.FaultKind;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a demo does to its models, in words.
 *
 * @param scenario what happens
 * @param at when, event time
 */
record DemoStory(DemoScenario scenario, Instant at) {

  /** What is said on top of the status page. */
  String banner() {
    List<String> happenings =
        happenings((model, kind) -> model + verb(kind) + ": " + kind.description());
    return happenings.isEmpty()
        ? "A demo in which nothing breaks."
        : "A demo: at " + Words.clock(at) + " of event time " + String.join("; ", happenings) + ".";
  }

  /** What is said when it happens, one line for each model. */
  List<String> notes() {
    return happenings(
        (model, kind) -> Words.clock(at) + "  " + model + verb(kind) + ": " + kind.description());
  }

  /** What happened to {@code model}, afterwards. */
  String told(DemoModel model, FaultKind kind) {
    return model.subject()
        + (kind.benign() ? " changed at " : " broke at ")
        + Words.clock(at)
        + ": "
        + kind.description()
        + ".";
  }

  private static String verb(FaultKind kind) {
    return kind.benign() ? " changes" : " breaks";
  }

  @FunctionalInterface
  private interface Sentence {
    String of(String model, FaultKind kind);
  }

  /** The model that breaks comes first. */
  private List<String> happenings(Sentence sentence) {
    Stream<Integer> broken = Stream.of(scenario.broken());
    Stream<Integer> others =
        IntStream.range(0, DemoFleet.MODELS.size())
            .filter(model -> model != scenario.broken())
            .boxed();
    return Stream.concat(broken, others)
        .flatMap(
            model ->
                scenario
                    .happensTo(model)
                    .map(kind -> sentence.of(DemoFleet.MODELS.get(model).subject(), kind))
                    .stream())
        .toList();
  }
}
