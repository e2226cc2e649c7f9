package dev.parallax.exporter.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.window.EventCounts;
import dev.parallax.exporter.accounting.Equation.Term;
import dev.parallax.exporter.fleet.FleetSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EquationTest {

  private static final EventCounts COUNTS = new EventCounts(1000, 700, 30, 14, 0, 0);

  @Test
  void withoutIngestOnlyTheFinishedPanesAreStated() {
    List<Equation> equations = Equation.of(fleet(COUNTS, 256), Optional.empty());

    assertThat(equations).hasSize(1);
    assertThat(equations.get(0).balanced()).isTrue();
    assertThat(equations.get(0).total().value()).isEqualTo(1000);
    assertThat(equations.get(0).terms())
        .containsExactly(
            new Term("scored", 256),
            new Term("sampled out", 700),
            new Term("duplicate", 30),
            new Term("late", 14));
  }

  @Test
  void pairsThatWentMissingDoNotBalance() {
    assertThat(Equation.of(fleet(COUNTS, 255), Optional.empty()).get(0).balanced()).isFalse();
  }

  @Test
  void whatTheJobRejectedOrCouldNotPairIsATermOfItsOwn() {
    EventCounts counts = new EventCounts(1000, 700, 30, 14, 5, 1);

    Equation equation = Equation.of(fleet(counts, 250), Optional.empty()).get(0);

    assertThat(equation.balanced()).isTrue();
    assertThat(equation.terms())
        .contains(new Term("unmatched", 5), new Term("rejected by the job", 1));
  }

  @Test
  void whatIsProducedIsIngestedRejectedOrOnItsWay() {
    List<Equation> equations = Equation.of(fleet(COUNTS, 256), ingest(1200, 1080, 20, 90, true));

    Equation sources = equations.get(0);
    assertThat(sources.total()).isEqualTo(new Term("produced", 1200));
    assertThat(sources.terms())
        .containsExactly(
            new Term("ingested", 1100),
            new Term("rejected at ingest", 90),
            new Term("on their way", 10));
    assertThat(sources.balanced()).isTrue();
  }

  @Test
  void duplicatesFoundAtIngestAreIngestedAndDuplicate() {
    Equation events = Equation.of(fleet(COUNTS, 256), ingest(1200, 1000, 20, 90, true)).get(1);

    assertThat(events.total()).isEqualTo(new Term("ingested", 1020));
    assertThat(events.terms()).contains(new Term("duplicate", 50)).hasSize(4);
    assertThat(events.balanced()).isTrue();
  }

  @Test
  void eventsInOpenPanesAreWaitingAndMoreThanWereIngestedIsAFault() {
    Equation waiting = Equation.of(fleet(COUNTS, 256), ingest(1200, 1010, 0, 0, true)).get(1);
    Equation fault = Equation.of(fleet(COUNTS, 256), ingest(1200, 999, 0, 0, true)).get(1);

    assertThat(waiting.terms()).contains(new Term("waiting for their pane to end", 10));
    assertThat(waiting.balanced()).isTrue();
    assertThat(fault.balanced()).isFalse();
  }

  @Test
  void countsThatDoNotCoverAllScoresAreNotComparedWithThem() {
    assertThat(Equation.of(fleet(COUNTS, 256), ingest(10, 5, 0, 1, false)))
        .extracting(Equation::id)
        .containsExactly("sources", "panes");
  }

  private static FleetSnapshot fleet(EventCounts counts, long pairs) {
    return new FleetSnapshot(List.of(), List.of(), Map.of(), Map.of(), counts, pairs, 0, 0);
  }

  private static Optional<IngestCounts> ingest(
      long produced, long accepted, long duplicate, long rejected, boolean complete) {
    return Optional.of(
        new IngestCounts(
            OptionalLong.of(produced),
            complete,
            List.of(
                new IngestCounts.Records("kserve", IngestOutcome.ACCEPTED, accepted - 1),
                new IngestCounts.Records("openai", IngestOutcome.ACCEPTED, 1),
                new IngestCounts.Records("openai", IngestOutcome.DUPLICATE, duplicate),
                new IngestCounts.Records("openai", IngestOutcome.REJECTED, rejected)),
            List.of()));
  }
}
