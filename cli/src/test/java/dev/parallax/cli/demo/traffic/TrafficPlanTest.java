package dev.parallax.cli.demo.traffic;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.cli.demo.traffic.PlannedEvent.Kind;
import dev.parallax.core.drill.FaultKind;
import dev.parallax.core.drill.PaneFault;
import dev.parallax.core.embedding.InputKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrafficPlanTest {

  private static final List<String> MODELS = List.of("a", "b", "c");
  private static final int PANES = 60;
  private static final int INPUTS = 40;
  private static final int CORPUS = 150;

  private final TrafficShape shape = shape(7);
  private final TrafficPlan plan = new TrafficPlan(shape, MODELS, CORPUS);
  private final List<PlannedEvent> events = all(plan);

  private static TrafficShape shape(long seed) {
    return new TrafficShape(seed, TrafficShape.EPOCH, Duration.ofMinutes(1), PANES, INPUTS);
  }

  private static List<PlannedEvent> all(TrafficPlan plan) {
    List<PlannedEvent> events = new ArrayList<>();
    for (int i = 0; i < plan.intervals(); i++) {
      events.addAll(plan.interval(i));
    }
    return events;
  }

  @Test
  void theSeedAloneDecides() {
    assertThat(all(new TrafficPlan(shape, MODELS, CORPUS))).isEqualTo(events);
    assertThat(all(new TrafficPlan(shape(8), MODELS, CORPUS))).isNotEqualTo(events);
  }

  /** Pinned, since the bits of every score rest on it. */
  @Test
  void aSeedPlansTheSameOnEveryJavaVersion() {
    assertThat(events.get(0))
        .isEqualTo(
            new PlannedEvent(
                "c-00000-0000",
                Kind.REGULAR,
                2,
                113,
                113,
                Instant.parse("2026-01-05T00:00:01.194Z").toEpochMilli(),
                Instant.parse("2026-01-05T00:00:01.664Z").toEpochMilli(),
                Optional.empty()));
  }

  @Test
  void everyModelAnswersTheSameDistinctInputsOfAPane() {
    for (int pane = 0; pane < PANES; pane++) {
      long start = shape.startOf(pane);
      long end = shape.startOf(pane + 1);
      Map<Integer, List<PlannedEvent>> byModel =
          events.stream()
              .filter(e -> e.kind() == Kind.REGULAR)
              .filter(e -> e.timeMillis() >= start && e.timeMillis() < end)
              .collect(groupingBy(PlannedEvent::model));
      Set<Set<Integer>> inputs = new HashSet<>();
      byModel
          .values()
          .forEach(
              ofModel -> {
                assertThat(ofModel).hasSize(INPUTS);
                inputs.add(ofModel.stream().map(PlannedEvent::text).collect(toSet()));
              });
      assertThat(byModel).hasSize(MODELS.size());
      assertThat(inputs).hasSize(1);
      assertThat(inputs.iterator().next()).hasSize(INPUTS);
    }
  }

  @Test
  void theWholeCorpusIsUsed() {
    assertThat(events.stream().map(PlannedEvent::text).collect(toSet())).hasSize(CORPUS);
  }

  @Test
  void recordsArePublishedInOrderAndAtMostSoMuchAfterTheirEvent() {
    assertThat(events).isSortedAccordingTo(Comparator.comparingLong(PlannedEvent::sendMillis));
    assertThat(events.stream().filter(e -> e.kind() == Kind.REGULAR))
        .allSatisfy(
            e ->
                assertThat(e.sendMillis() - e.timeMillis())
                    .isBetween(0L, TrafficPlan.MAX_DISORDER.toMillis()));
    assertThat(events).isNotEqualTo(sortedByEventTime());
  }

  private List<PlannedEvent> sortedByEventTime() {
    return events.stream().sorted(Comparator.comparingLong(PlannedEvent::timeMillis)).toList();
  }

  @Test
  void theTroubleIsOfKnownNumbers() {
    TrafficTotals totals = plan.totals();

    assertThat(totals)
        .isEqualTo(
            new TrafficTotals((long) PANES * INPUTS * MODELS.size() + 15 + 60 + 8, 15, 60, 8));
    assertThat(totals.produced()).isEqualTo(events.size());
    assertThat(events.stream().filter(e -> e.kind() == Kind.MALFORMED)).hasSize(15);
    assertThat(totals.wellFormed()).isEqualTo(events.size() - 15);
  }

  @Test
  void everyMalformationHasItsTurn() {
    assertThat(events.stream().flatMap(e -> e.malformation().stream()).collect(toSet()))
        .isEqualTo(EnumSet.allOf(Malformation.class));
  }

  @Test
  void aDuplicateRepeatsARegularEventShortlyAfter() {
    Map<String, List<PlannedEvent>> byId = events.stream().collect(groupingBy(PlannedEvent::id));

    assertThat(byId.values().stream().filter(same -> same.size() > 1))
        .allSatisfy(
            same -> {
              PlannedEvent first = same.get(0);
              assertThat(first.kind()).isEqualTo(Kind.REGULAR);
              assertThat(same.subList(1, same.size()))
                  .allSatisfy(
                      e -> {
                        assertThat(e.kind()).isEqualTo(Kind.DUPLICATE);
                        assertThat(e.timeMillis()).isEqualTo(first.timeMillis());
                        assertThat(e.sendMillis() - first.sendMillis()).isBetween(1L, 5_000L);
                      });
            });
    assertThat(byId).hasSize(events.size() - 60);
  }

  @Test
  void aLateEventIsHoursBehindWhatWasPublishedBeforeIt() {
    assertThat(events.stream().filter(e -> e.kind() == Kind.LATE))
        .isNotEmpty()
        .allSatisfy(
            e -> {
              assertThat(e.timeMillis())
                  .isLessThanOrEqualTo(e.sendMillis() - TrafficPlan.LATENESS.toMillis());
              assertThat(e.sendMillis()).isGreaterThanOrEqualTo(shape.startOf(12));
            });
  }

  @Test
  void everyRequestIsAnsweredWithItsOwnVector() {
    assertThat(events).allSatisfy(e -> assertThat(e.answerText()).isEqualTo(e.text()));
  }

  @Test
  void aChangeIsSeenInItsModelFromItsPaneOnAndNowhereElse() {
    List<Integer> few = IntStream.range(100, 140).boxed().toList();
    TrafficPlan changed =
        new TrafficPlan(shape, MODELS, CORPUS, List.of(TrafficChange.of(1, 30, few, 20)));
    long from = shape.startOf(30);
    List<PlannedEvent> regular = regular(all(changed));

    assertThat(regular.stream().filter(e -> e.model() != 1 || e.timeMillis() < from).toList())
        .isEqualTo(
            regular(events).stream().filter(e -> e.model() != 1 || e.timeMillis() < from).toList());
    assertThat(regular.stream().filter(e -> e.model() == 1 && e.timeMillis() >= from))
        .hasSize(30 * 20)
        .allSatisfy(e -> assertThat(few).contains(e.text()));
    assertThat(changed.texts(1, 30)).isEqualTo(few);
    assertThat(changed.texts(1, 29)).hasSize(CORPUS);
    assertThat(changed.texts(0, 30)).hasSize(CORPUS);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"STALE_ANSWERS_20", "MIS_JOINED", "REPEATED_TRAFFIC", "TRAFFIC_DIV10", "NO_EVENTS"})
  void theTotalsCountAFaultyStreamAsItIs(FaultKind kind) {
    TrafficPlan faulty =
        new TrafficPlan(
            shape,
            MODELS,
            CORPUS,
            List.of(
                TrafficChange.of(
                    1,
                    PANES / 2,
                    IntStream.range(0, CORPUS).boxed().toList(),
                    INPUTS,
                    new PaneFault(kind),
                    text -> new InputKey(0x9e3779b97f4a7c15L * text, text))));
    List<PlannedEvent> planned = all(faulty);

    assertThat(faulty.totals().produced()).isEqualTo(planned.size());
    assertThat(regular(planned)).isNotEqualTo(regular(events));
    assertThat(planned).isSortedAccordingTo(Comparator.comparingLong(PlannedEvent::sendMillis));
  }

  private static List<PlannedEvent> regular(List<PlannedEvent> events) {
    return events.stream().filter(e -> e.kind() == Kind.REGULAR).toList();
  }

  @Test
  void aDemoOfThreeMinutesHasAPaneForEverySecond() {
    TrafficShape demo = TrafficShape.of(1, Duration.ofMinutes(3), 60);

    assertThat(demo.panes()).isEqualTo(180);
    assertThat(demo.faultAt()).isEqualTo(Instant.parse("2026-01-05T01:30:00Z"));
    assertThat(demo.end()).isEqualTo(Instant.parse("2026-01-05T03:00:00Z"));
  }

  @Test
  void aCorpusSmallerThanAPaneIsRefused() {
    assertThatThrownBy(() -> new TrafficPlan(shape, MODELS, 39))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("corpus of 39 texts: expected at least the 40 of one pane");
  }
}
