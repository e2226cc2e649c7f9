package dev.parallax.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.embedding.Rejection.Reason;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IngestCountersTest {

  private final IngestCounters counters = new IngestCounters(List.of("a", "b"));

  @Test
  void everySourceAndReasonStartsAtZero() {
    assertThat(counters.snapshot().sources()).containsOnlyKeys("a", "b");
    assertThat(counters.snapshot().sources().get("b").total()).isZero();
    assertThat(counters.snapshot().sources().get("b").rejectedByReason())
        .containsOnlyKeys(Reason.values());
  }

  @Test
  void anOffsetCountsOnceWhateverComesOfIt() {
    counters.tally("a", "t", 0, 7).accepted();
    counters.tally("a", "t", 0, 7).accepted();
    counters.tally("a", "t", 0, 7).duplicate();
    counters.tally("a", "t", 0, 6).rejected(Reason.MALFORMED);
    counters.tally("a", "t", 0, 9).rejected(Reason.MALFORMED);
    counters.tally("a", "t", 0, 10).duplicate();

    IngestCounters.SourceCounts counts = counters.snapshot().sources().get("a");
    assertThat(counts.accepted()).isEqualTo(1);
    assertThat(counts.duplicate()).isEqualTo(1);
    assertThat(counts.rejected()).isEqualTo(1);
    assertThat(counts.rejectedByReason()).containsEntry(Reason.MALFORMED, 1L);
  }

  @Test
  void partitionsAndSourcesCountApart() {
    counters.tally("a", "t", 0, 7).accepted();
    counters.tally("a", "t", 1, 7).accepted();
    counters.tally("b", "t", 0, 7).accepted();

    assertThat(counters.snapshot().sources().get("a").accepted()).isEqualTo(2);
    assertThat(counters.snapshot().sources().get("b").accepted()).isEqualTo(1);
  }

  @Test
  void threadsDoNotLoseCounts() {
    IntStream.range(0, 8)
        .parallel()
        .forEach(
            partition -> {
              for (int offset = 0; offset < 10_000; offset++) {
                counters.tally("a", "t", partition, offset).accepted();
              }
            });

    assertThat(counters.snapshot().sources().get("a").accepted()).isEqualTo(80_000);
  }

  @Test
  void anUnknownSourceIsAMistakeOfTheProgram() {
    assertThatThrownBy(() -> counters.tally("c", "t", 0, 0).accepted())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected one of the sources [a, b], got c");
  }

  @Test
  void everyOutcomeOfOneRecordCounts() {
    IngestCounters.Tally tally = counters.tally("a", "t", 0, 7);
    tally.opened(2);
    tally.accepted();
    tally.accepted();
    tally.rejected(Reason.NOT_FINITE);
    tally.waited(40);
    counters.tally("a", "t", 0, 7).accepted();

    IngestCounters.SourceCounts counts = counters.snapshot().sources().get("a");
    assertThat(counts.opened()).isEqualTo(2);
    assertThat(counts.accepted()).isEqualTo(2);
    assertThat(counts.rejected()).isEqualTo(1);
    assertThat(counts.waits().count()).isEqualTo(1);
    assertThat(counts.waits().counts().get(1)).isEqualTo(1);
    assertThat(counts.waits().sumSeconds()).isEqualTo(0.04);
  }

  @Test
  void offsetsOfAnotherStreamCountApart() {
    counters.tally("a", "t", 0, 7).accepted();
    counters.tally("a", "pairs", 0, 7).leftOut();

    assertThat(counters.snapshot().sources().get("a").accepted()).isEqualTo(1);
    assertThat(counters.snapshot().sources().get("a").leftOut()).isEqualTo(1);
  }
}
