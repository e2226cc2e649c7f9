package dev.parallax.jobs.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.InputKey;
import dev.parallax.core.window.BottomSample.Kept;
import dev.parallax.core.window.EventCounts;
import dev.parallax.core.window.Series;
import dev.parallax.jobs.sample.PartitionClock.ClockCodec;
import dev.parallax.jobs.state.Golden;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleCodecsTest {

  private static final Series SERIES = new Series("modèle", "2026-11", "shared", "eu");
  private static final Kept<byte[]> FIRST =
      new Kept<>(5, new InputKey(0x0123456789abcdefL, -2), 61_000, "ä-1", 3, new byte[] {1, 2});
  private static final Kept<byte[]> SECOND =
      new Kept<>(-1, new InputKey(8, 9), 62_000, "b", 0, new byte[0]);

  @Test
  void countsKeepTheirBytes() throws IOException {
    SamplePart counts = new SamplePart.Counts(SERIES, 60_000, 1_000_000_000_000L, 17);

    assertThat(Golden.check("sample-part-v1-counts", SamplePartCodec.INSTANCE, counts))
        .isEqualTo(counts);
  }

  @Test
  void inputsKeepTheirBytes() throws IOException {
    SamplePart read =
        Golden.check(
            "sample-part-v1-input",
            SamplePartCodec.INSTANCE,
            new SamplePart.Input(SERIES, 60_000, FIRST));

    Kept<byte[]> kept = ((SamplePart.Input) read).kept();
    assertThat(kept).usingRecursiveComparison().isEqualTo(FIRST);
  }

  @Test
  void draftsKeepTheirBytes() throws IOException {
    PaneDraft draft = new PaneDraft(SERIES, 2);
    draft.add(new SamplePart.Counts(SERIES, 60_000, 40, 2));
    draft.add(new SamplePart.Input(SERIES, 60_000, SECOND));
    draft.add(new SamplePart.Input(SERIES, 60_000, FIRST));

    PaneDraft read = Golden.check("pane-draft-v1", PaneDraftCodec.INSTANCE, draft);
    assertThat(read.series()).isEqualTo(SERIES);
    assertThat(read.sample().capacity()).isEqualTo(2);
    assertThat(read.counts()).isEqualTo(new EventCounts(47, 40, 3, 2, 0, 0));
    assertThat(read.sample().inHashOrder())
        .usingRecursiveComparison()
        .isEqualTo(List.of(FIRST, SECOND));
  }

  @Test
  void aCopyOfADraftIsNotReachedByWhatHappensToTheDraft() {
    PaneDraft draft = new PaneDraft(SERIES, 2);
    draft.add(new SamplePart.Counts(SERIES, 60_000, 40, 2));
    draft.add(new SamplePart.Input(SERIES, 60_000, FIRST));
    PaneDraft copy = PaneDraftCodec.INSTANCE.copy(draft);
    EventCounts before = draft.counts();

    draft.add(new SamplePart.Counts(SERIES, 60_000, 1, 1));
    draft.add(new SamplePart.Input(SERIES, 60_000, SECOND));

    assertThat(copy.counts()).isEqualTo(before);
    assertThat(copy.sample().inHashOrder()).containsExactly(FIRST);
  }

  @Test
  void finishedSamplesKeepTheirBytes() throws IOException {
    PaneSample sample =
        new PaneSample(SERIES, 60_000, List.of(FIRST, SECOND), new EventCounts(21, 10, 3, 6, 0, 0));

    assertThat(Golden.check("pane-sample-v1", PaneSampleCodec.INSTANCE, sample))
        .usingRecursiveComparison()
        .isEqualTo(sample);
  }

  @Test
  void clocksKeepTheirBytes() throws IOException {
    PartitionClock clock = new PartitionClock(7, 1_767_571_200_000L);

    assertThat(Golden.check("partition-clock-v1", ClockCodec.INSTANCE, clock)).isEqualTo(clock);
  }
}
