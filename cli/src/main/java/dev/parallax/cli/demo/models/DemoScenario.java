package dev.parallax.cli.demo.models;

import dev.parallax.cli.demo.traffic.CorpusText;
import dev.parallax.cli.demo.traffic.TrafficChange;
import dev.parallax.cli.demo.traffic.TrafficPlan;
import dev.parallax.cli.demo.traffic.TrafficShape;
import dev.parallax.cli.demo.traffic.WordNetCorpus;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.FaultLayer;
import dev.parallax.core.drill.GermanPhrases;
import dev.parallax.core.drill.PaneFault;
import dev.parallax.core.drill.Strength;
import dev.parallax.core.embedding.InputKeyHasher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What happens to the models in the middle of a demo: one breaks, and at the same time another one
 * is asked about other topics, which is to be told apart from a fault. Where the fault is itself
 * one of traffic, nothing else happens.
 *
 * @param fault how the model breaks; empty if nothing happens at all
 */
public record DemoScenario(Optional<FaultKind> fault) {

  /** Nothing happens. */
  public static final DemoScenario QUIET = new DemoScenario(Optional.empty());

  /** What the second model's traffic does. */
  public static final FaultKind SHIFT = FaultKind.TRAFFIC_TOPICS;

  /** Texts of the usual traffic. */
  public static final int CORPUS = 3_000;

  /**
   * The same for {@link FaultKind#TRAFFIC_X10}, whose inputs of a pane are all different: from the
   * start, so that it is the volume alone that changes.
   */
  private static final int WIDE_CORPUS = 7_000;

  private static final String GERMAN = "names.german";

  /** Things that can be touched: somewhat more than a third of the corpus. */
  private static final Set<String> TOPICS =
      Set.of(
          "noun.animal",
          "noun.artifact",
          "noun.body",
          "noun.food",
          "noun.object",
          "noun.person",
          "noun.plant",
          "noun.substance");

  private static final Set<FaultKind> IMPOSSIBLE =
      EnumSet.of(
          // Its weights do not come with the build.
          FaultKind.WRONG_VERSION,
          // A tenth of a pane of the demo is too few pairs to say anything.
          FaultKind.TRAFFIC_DIV10);

  /** The faults that a demo can show. */
  public static List<FaultKind> faults() {
    return Arrays.stream(FaultKind.values()).filter(kind -> !IMPOSSIBLE.contains(kind)).toList();
  }

  /** Index of the model that breaks: the one that has a prefix, if it is to go missing. */
  public int broken() {
    return fault.filter(FaultKind.MISSING_PREFIX::equals).isPresent()
        ? DemoFleet.PREFIXED
        : DemoFleet.BROKEN;
  }

  /** Index of the model whose traffic shifts, if one does. */
  public OptionalInt shifted() {
    if (fault.isEmpty() || fault.get().layer() == FaultLayer.TRAFFIC) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(broken() == DemoFleet.BROKEN ? DemoFleet.PREFIXED : DemoFleet.BROKEN);
  }

  /** What happens to model {@code index}, if anything does. */
  public Optional<FaultKind> happensTo(int index) {
    if (shifted().isPresent() && shifted().getAsInt() == index) {
      return Optional.of(SHIFT);
    }
    return fault.filter(kind -> broken() == index);
  }

  /** The texts of the demo: those of the usual traffic first. */
  public DemoInputs inputs(WordNetCorpus corpus, long seed, InputKeyHasher hasher) {
    boolean wide = fault.filter(FaultKind.TRAFFIC_X10::equals).isPresent();
    List<CorpusText> texts = new ArrayList<>(corpus.choose(wide ? WIDE_CORPUS : CORPUS, seed));
    if (fault.filter(FaultKind.NEW_LANGUAGE::equals).isPresent()) {
      GermanPhrases.all().forEach(phrase -> texts.add(new CorpusText(phrase, GERMAN)));
    }
    return new DemoInputs(texts, hasher);
  }

  /** The traffic of the demo. */
  public TrafficPlan plan(TrafficShape shape, DemoInputs inputs) {
    List<TrafficChange> changes = new ArrayList<>();
    for (int model = 0; model < DemoFleet.MODELS.size(); model++) {
      int index = model;
      happensTo(model).flatMap(kind -> change(kind, index, shape, inputs)).ifPresent(changes::add);
    }
    int usual =
        (int)
            IntStream.range(0, inputs.size())
                .filter(text -> !inputs.text(text).domain().equals(GERMAN))
                .count();
    return new TrafficPlan(shape, DemoFleet.names(), usual, changes);
  }

  private static Optional<TrafficChange> change(
      FaultKind kind, int model, TrafficShape shape, DemoInputs inputs) {
    int from = shape.faultPane();
    int requests = shape.inputsPerPane();
    List<Integer> all = IntStream.range(0, inputs.size()).boxed().toList();
    if (PaneFault.KINDS.contains(kind)) {
      PaneFault fault = new PaneFault(kind);
      return Optional.of(TrafficChange.of(model, from, all, requests, fault, inputs::key));
    }
    return switch (kind) {
      case TRAFFIC_TOPICS ->
          Optional.of(TrafficChange.of(model, from, of(TOPICS, all, inputs), requests));
      case NEW_LANGUAGE ->
          Optional.of(TrafficChange.of(model, from, of(Set.of(GERMAN), all, inputs), requests));
      case TRAFFIC_X10 ->
          Optional.of(TrafficChange.of(model, from, all, Strength.VOLUME * requests));
      default -> Optional.empty();
    };
  }

  private static List<Integer> of(Set<String> domains, List<Integer> all, DemoInputs inputs) {
    return all.stream().filter(text -> domains.contains(inputs.text(text).domain())).toList();
  }
}
