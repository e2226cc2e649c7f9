package dev.parallax.exporter.accounting;

import dev.parallax.core.window.EventCounts;
import dev.parallax.exporter.fleet.FleetSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A statement about where events went: {@code total = term + term + …}.
 *
 * @param id stable name
 * @param title what it is about
 * @param total the left side
 * @param terms the right side; the last one may be what is still on its way
 * @param balanced whether both sides are equal
 */
public record Equation(String id, String title, Term total, List<Term> terms, boolean balanced) {

  /** Copies the terms. */
  public Equation {
    terms = List.copyOf(terms);
  }

  /**
   * A named number.
   *
   * @param name what is counted
   * @param value how many
   */
  public record Term(String name, long value) {}

  /**
   * The equations that can be stated.
   *
   * <ul>
   *   <li>{@code sources}: records produced (or received) = ingested + rejected at ingest
   *   <li>{@code events}: ingested = scored + sampled out + duplicate + late, once no event is left
   *       in an open pane
   *   <li>{@code panes}: events in finished panes = scored + sampled out + duplicate + late, where
   *       scored is the sum of the pairs that the scores state
   * </ul>
   */
  public static List<Equation> of(FleetSnapshot fleet, Optional<IngestCounts> ingest) {
    List<Equation> equations = new ArrayList<>();
    ingest.ifPresent(
        counts -> {
          long duplicates = counts.total(IngestOutcome.DUPLICATE);
          long ingested = counts.total(IngestOutcome.ACCEPTED) + duplicates;
          equations.add(sources(counts, ingested));
          if (counts.complete()) {
            List<Term> terms = whereEventsWent(fleet, duplicates);
            equations.add(
                withRemainder(
                    "events",
                    "Every ingested event",
                    new Term("ingested", ingested),
                    terms,
                    "waiting for their pane to end"));
          }
        });
    List<Term> terms = whereEventsWent(fleet, 0);
    long in = fleet.counts().in();
    equations.add(
        new Equation(
            "panes",
            "Every event of the finished panes",
            new Term("in finished panes", in),
            terms,
            in == sum(terms)));
    return equations;
  }

  private static Equation sources(IngestCounts counts, long ingested) {
    long rejected = counts.total(IngestOutcome.REJECTED);
    List<Term> terms =
        new ArrayList<>(
            List.of(new Term("ingested", ingested), new Term("rejected at ingest", rejected)));
    if (counts.produced().isEmpty()) {
      return new Equation(
          "sources",
          "Every record received",
          new Term("received", ingested + rejected),
          terms,
          true);
    }
    return withRemainder(
        "sources",
        "Every record produced",
        new Term("produced", counts.produced().getAsLong()),
        terms,
        "on their way");
  }

  private static List<Term> whereEventsWent(FleetSnapshot fleet, long duplicatesAtIngest) {
    EventCounts counts = fleet.counts();
    List<Term> terms = new ArrayList<>();
    terms.add(new Term("scored", fleet.pairs()));
    terms.add(new Term("sampled out", counts.sampledOut()));
    terms.add(new Term("duplicate", counts.duplicate() + duplicatesAtIngest));
    terms.add(new Term("late", counts.late()));
    if (counts.unmatched() > 0) {
      terms.add(new Term("unmatched", counts.unmatched()));
    }
    if (counts.rejected() > 0) {
      terms.add(new Term("rejected by the job", counts.rejected()));
    }
    return terms;
  }

  /** What the terms leave over is on its way; what they have too much is a fault. */
  private static Equation withRemainder(
      String id, String title, Term total, List<Term> terms, String remainder) {
    long left = total.value() - sum(terms);
    if (left > 0) {
      terms.add(new Term(remainder, left));
    }
    return new Equation(id, title, total, terms, left >= 0);
  }

  private static long sum(List<Term> terms) {
    return terms.stream().mapToLong(Term::value).sum();
  }
}
