package dev.parallax.cli.demo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.exporter.accounting.IngestOutcome;
import dev.parallax.ingest.IngestCounters;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngestViewTest {

  private final IngestCounters counters = new IngestCounters(List.of("app", "search"));

  @Test
  void everyOutcomeOfEverySourceIsThereFromTheStart() {
    assertThat(IngestView.of(counters).records())
        .extracting(entry -> entry.source() + " " + entry.outcome().label())
        .containsExactly(
            "app accepted",
            "app duplicate",
            "app rejected",
            "app left_out",
            "app opened",
            "search accepted",
            "search duplicate",
            "search rejected",
            "search left_out",
            "search opened");
    assertThat(IngestOutcome.values()).hasSize(5);
  }

  @Test
  void onlySourcesWhoseCallsArePairedHaveWaits() {
    assertThat(IngestView.pairingWaits(counters, List.of("search")))
        .containsOnlyKeys("search")
        .allSatisfy((source, waits) -> assertThat(waits.counts()).containsOnly(0L));
  }
}
