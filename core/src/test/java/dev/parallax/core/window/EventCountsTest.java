package dev.parallax.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parallax.core.embedding.InputKey;
import org.junit.jupiter.api.Test;

class EventCountsTest {

  @Test
  void whatIsLeftOfTheEventsIsScored() {
    assertThat(new EventCounts(100, 40, 5, 3, 2, 1).scored()).isEqualTo(49);
    assertThat(EventCounts.NONE.scored()).isZero();
  }

  @Test
  void countsAndWhatIsScoredAddUp() {
    EventCounts one = new EventCounts(100, 40, 5, 3, 2, 1);
    EventCounts other = new EventCounts(64, 32, 16, 8, 4, 2);
    EventCounts sum = one.plus(other);

    assertThat(sum).isEqualTo(new EventCounts(164, 72, 21, 11, 6, 3));
    assertThat(sum.scored()).isEqualTo(one.scored() + other.scored());
    assertThat(sum).isEqualTo(other.plus(one));
    assertThat(one.plus(EventCounts.NONE)).isEqualTo(one);
  }

  @Test
  void everyEventOfASampleIsCountedOnce() {
    BottomSample<String> sample = new BottomSample<>(3);
    for (int i = 0; i < 20; i++) {
      sample.offer(i % 8, new InputKey(0, i % 8), i, "id" + i, "event");
    }
    EventCounts counts =
        new EventCounts(sample.events(), sample.sampledOut(), sample.duplicates(), 0, 0, 0);

    assertThat(counts.in()).isEqualTo(20);
    assertThat(counts.scored()).isEqualTo(sample.size()).isEqualTo(3);
  }
}
