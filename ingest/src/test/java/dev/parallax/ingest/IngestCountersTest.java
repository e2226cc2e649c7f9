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
    counters.accepted("a", 0, 7);
    counters.accepted("a", 0, 7);
    counters.duplicate("a", 0, 7);
    counters.rejected("a", 0, 6, Reason.MALFORMED);
    counters.rejected("a", 0, 9, Reason.MALFORMED);
    counters.duplicate("a", 0, 10);

    IngestCounters.SourceCounts counts = counters.snapshot().sources().get("a");
    assertThat(counts.accepted()).isEqualTo(1);
    assertThat(counts.duplicate()).isEqualTo(1);
    assertThat(counts.rejected()).isEqualTo(1);
    assertThat(counts.rejectedByReason()).containsEntry(Reason.MALFORMED, 1L);
  }

  @Test
  void partitionsAndSourcesCountApart() {
    counters.accepted("a", 0, 7);
    counters.accepted("a", 1, 7);
    counters.accepted("b", 0, 7);

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
                counters.accepted("a", partition, offset);
              }
            });

    assertThat(counters.snapshot().sources().get("a").accepted()).isEqualTo(80_000);
  }

  @Test
  void anUnknownSourceIsAMistakeOfTheProgram() {
    assertThatThrownBy(() -> counters.accepted("c", 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected one of the sources [a, b], got c");
  }
}
